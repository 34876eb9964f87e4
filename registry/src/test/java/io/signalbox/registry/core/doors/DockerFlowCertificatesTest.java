package io.signalbox.registry.core.doors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.haproxy.CertificateName;
import io.signalbox.registry.core.doors.DockerFlowCertificates.Told;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DockerFlowCertificatesTest {
    private static final CertificateName SHOP = new CertificateName("shop");
    private static final Told DONE = new Told("https://a:8415/", 200, new Json.Null(), "");

    @Test
    void shouldTakeTheNameOfAFileWithoutItsEnding() {
        assertThat(name("shop.pem").value()).isEqualTo("shop");
        assertThat(name("shop.example.com").value()).isEqualTo("shop.example.com");
    }

    @Test
    void shouldRefuseWhatIsNoNameOfAFile() {
        assertThatThrownBy(() -> name("../etc/passwd"))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("certName must be 1 to 100 of the characters");
        assertThatThrownBy(() -> name("")).hasMessageContaining("certName is mandatory");
        assertThatThrownBy(() -> DockerFlowCertificates.name(Map.of()))
                .hasMessageContaining("certName is mandatory");
        assertThatThrownBy(
                        () ->
                                DockerFlowCertificates.name(
                                        Map.of("certName", List.of("a.pem", "b.pem"))))
                .hasMessageContaining("certName must be said once");
    }

    private static CertificateName name(String text) {
        return DockerFlowCertificates.name(Map.of("certName", List.of(text)));
    }

    @Test
    void shouldBeDoneOnceAllHaveIt() {
        Reply reply = DockerFlowCertificates.stored(SHOP, List.of(DONE, DONE));

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body()).contains("\"Status\":\"OK\"", "stored at https://a:8415/");
    }

    @Test
    void shouldNameWhoHasItNot() {
        Told refused = new Told("https://b:8415/", 422, null, "its key is another one's");
        Told silent = new Told("https://c:8415/", 0, null, "Connection refused");

        Reply some = DockerFlowCertificates.stored(SHOP, List.of(DONE, refused, silent));
        Reply none = DockerFlowCertificates.stored(SHOP, List.of(refused));

        assertThat(some.status()).isEqualTo(400);
        assertThat(some.body())
                .contains(
                        "\"Status\":\"NOK\"",
                        "https://b:8415/: 422, its key is another one's",
                        "https://c:8415/: Connection refused",
                        "it is at https://a:8415/");
        assertThat(none.body()).contains("nothing was changed");
    }

    @Test
    void shouldListWhatAllHaveWithoutKeys() {
        Map<String, Json> certificate = new LinkedHashMap<>();
        certificate.put("name", new Json.Text("shop"));
        certificate.put("sha256", new Json.Text("abc"));
        certificate.put("notAfter", new Json.Text("2030-01-01T00:00:00Z"));
        Json body =
                new Json.Obj(
                        Map.of("certificates", new Json.Arr(List.of(new Json.Obj(certificate)))));

        Reply reply =
                DockerFlowCertificates.all(List.of(new Told("https://a:8415/", 200, body, "")));

        assertThat(reply.body())
                .contains(
                        "\"Certs\":[{\"ServiceName\":\"shop\",\"CertsDir\":\"https://a:8415/\","
                                + "\"CertContent\":\"\",\"Sha256\":\"abc\"");
        assertThat(
                        DockerFlowCertificates.all(
                                        List.of(DONE, new Told("https://b/", 401, null, "token")))
                                .status())
                .isEqualTo(400);
    }
}
