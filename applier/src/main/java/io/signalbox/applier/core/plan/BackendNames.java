package io.signalbox.applier.core.plan;

import io.signalbox.haproxy.Profile;
import io.signalbox.haproxy.ServiceName;
import io.signalbox.schemas.ConfigRecord.SpareProfile;
import java.util.List;
import java.util.stream.IntStream;

/** What backends are called; no two kinds share a name. */
public final class BackendNames {
    private BackendNames() {}

    /** The backend of a service's own. */
    public static String own(String service) {
        return new ServiceName(service).backend().value();
    }

    /** The spare backends of a profile: {@code spare_plain_001} and so on. */
    public static List<String> spares(SpareProfile profile) {
        return IntStream.rangeClosed(1, profile.count())
                .mapToObj(number -> Profile.spare(profile.name(), number).value())
                .toList();
    }
}
