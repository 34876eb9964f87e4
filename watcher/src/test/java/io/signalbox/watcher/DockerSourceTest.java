package io.signalbox.watcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

class DockerSourceTest {
    @Test
    void shouldKnowDockerByItsId() {
        JsonObject info = new JsonObject().put("ID", "7f6b").put("DockerRootDir", "/data");

        assertThat(DockerSource.engineId(info, "b1")).isEqualTo("7f6b");
    }

    @Test
    void shouldKnowPodmanWhichMakesItsIdUpByItsStorage() {
        JsonObject one = podman("63539e72", "/var/lib/containers/storage");
        JsonObject again = podman("fc7df010", "/var/lib/containers/storage");
        JsonObject rootless = podman("8a9f0077", "/home/joe/.local/share/containers/storage");

        assertThat(DockerSource.engineId(one, "b1"))
                .isEqualTo(DockerSource.engineId(again, "b1"))
                .isNotEqualTo(DockerSource.engineId(rootless, "b1"));
    }

    private static JsonObject podman(String id, String storage) {
        return new JsonObject()
                .put("ID", id)
                .put("BuildahVersion", "1.39.3")
                .put("DockerRootDir", storage);
    }
}
