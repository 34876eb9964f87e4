package io.signalbox.schemas;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The ways in which containers can say what they want. */
public enum Dialect {
    /** Native labels, {@code signalbox.*}. */
    SIGNALBOX("signalbox"),
    /** Labels of Docker Flow Proxy, {@code com.df.*}. */
    DOCKER_FLOW("docker-flow"),
    /** Variables of dockercloud-haproxy, {@code VIRTUAL_HOST} and its family. */
    DOCKERCLOUD("dockercloud"),
    /** Variables of nginx-proxy, whose {@code VIRTUAL_HOST} means something else. */
    NGINX_PROXY("nginx-proxy"),
    /** Labels of Traefik, {@code traefik.*}. */
    TRAEFIK("traefik"),
    /** Variables of Cosmonaut, {@code SERVICE_NAME}, {@code PREDICATE} and so on. */
    COSMONAUT("cosmonaut");

    /**
     * The dialects that a group follows if it does not say which, and the first that says anything
     * of a container counts. {@code VIRTUAL_HOST} is read as dockercloud-haproxy read it.
     */
    public static final List<Dialect> STANDARD =
            List.of(SIGNALBOX, DOCKER_FLOW, DOCKERCLOUD, TRAEFIK, COSMONAUT);

    private final String word;

    Dialect(String word) {
        this.word = word;
    }

    /** As it is written in the log and in group definitions. */
    public String word() {
        return word;
    }

    /** The dialect of that word; empty for one that this version does not know. */
    public static Optional<Dialect> of(String word) {
        return Arrays.stream(values()).filter(dialect -> dialect.word.equals(word)).findFirst();
    }
}
