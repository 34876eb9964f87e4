package io.signalbox.haproxy;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What only the machine knows on which HAProxy runs.
 *
 * @param runtimeSocket where the worker's runtime API listens
 * @param maps the directory of the map files
 * @param certificates where the certificates are
 * @param statistics where the statistics page listens; empty for none
 * @param operatorGlobal lines of the operator's own for {@code global}, such as {@code user}; taken
 *     as they are
 * @param userLists the lists of users that services refer to; one that is not there is empty
 */
public record LocalSettings(
        ConfigPath runtimeSocket,
        ConfigPath maps,
        CertificateFiles certificates,
        LogTarget log,
        Optional<ListenAddress> statistics,
        List<String> operatorGlobal,
        Map<UserListName, List<BasicAuthentication.User>> userLists) {

    /**
     * How many reloads a worker outlives at most, to finish its connections; so many old workers
     * there may be.
     */
    public static final int OLD_WORKERS = 32;

    /** Without any list of users. */
    public LocalSettings(
            ConfigPath runtimeSocket,
            ConfigPath maps,
            CertificateFiles certificates,
            LogTarget log,
            Optional<ListenAddress> statistics,
            List<String> operatorGlobal) {
        this(runtimeSocket, maps, certificates, log, statistics, operatorGlobal, Map.of());
    }

    public LocalSettings {
        userLists = Map.copyOf(userLists);
        operatorGlobal = List.copyOf(operatorGlobal);
    }

    /** Where the access log goes. */
    public enum LogTarget {
        /** To HAProxy's standard output, for whoever started it. */
        STDOUT,
        /** Nowhere, or where the operator's own {@code log} lines say. */
        OPERATOR
    }
}
