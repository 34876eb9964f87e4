package io.signalbox.registry.core.dialect;

import io.signalbox.schemas.Declaration;
import io.signalbox.schemas.Rejection;
import java.util.List;

/**
 * What a container's labels come to.
 *
 * @param declarations in stable order: the unnamed one first, then by route name
 * @param rejections in stable order, by key
 */
public record Declared(List<Declaration> declarations, List<Rejection> rejections) {

    /** A container that says nothing to any dialect. */
    public static final Declared NOTHING = new Declared(List.of(), List.of());

    public Declared {
        declarations = List.copyOf(declarations);
        rejections = List.copyOf(rejections);
    }
}
