package io.signalbox.schemas;

/**
 * One record of {@code proxy-groups}; the key is the group's name, the newest definition or
 * withdrawal holds.
 */
public sealed interface GroupRecord {

    /** The group's name. */
    String group();

    /** The group has this definition from here on. */
    record GroupDefined(GroupDefinition definition) implements GroupRecord {
        @Override
        public String group() {
            return definition.name();
        }
    }

    /** The group's definition was taken back; its appliers keep serving. */
    record GroupWithdrawn(String group) implements GroupRecord {}

    /**
     * The operator lets the change pass that the shrink guard holds back for this epoch and
     * generation.
     */
    record ShrinkAccepted(String group, long epoch, long generation) implements GroupRecord {}
}
