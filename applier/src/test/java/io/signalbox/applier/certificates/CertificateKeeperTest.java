package io.signalbox.applier.certificates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.haproxy.CertificateFiles;
import io.signalbox.haproxy.CertificateName;
import io.signalbox.haproxy.ConfigPath;
import io.signalbox.schemas.ConfigRecord.Note;
import io.signalbox.schemas.GroupDefinition.EntryPoint;
import io.signalbox.schemas.GroupDefinition.Listen;
import io.signalbox.schemas.GroupDefinition.Tls;
import io.signalbox.schemas.GroupDefinition.TlsProfile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertificateKeeperTest {
    private final Instant now = Instant.now();

    @TempDir Path directory;

    private Path store;
    private Path certs;
    private final List<String> asked = new ArrayList<>();
    private boolean refusing;
    private boolean hanging;
    private CertificateKeeper keeper;

    @BeforeEach
    void open() throws IOException {
        store = Files.createDirectory(directory.resolve("store"));
        certs = directory.resolve("certs");
        keeper = keeper(Optional.empty());
    }

    private CertificateKeeper keeper(Optional<Certificate> fromEnvironment) {
        return new CertificateKeeper(
                store,
                fromEnvironment,
                new CertificateFiles(new ConfigPath(certs.toString())),
                pem -> {
                    asked.add(certs.relativize(pem).toString());
                    if (hanging) {
                        throw new IOException("haproxy does not end within 5000 ms");
                    }
                    return refusing ? Optional.of("words") : Optional.empty();
                });
    }

    @SuppressWarnings("NullAway") // does not see @Nullable on a nested type of another module
    private static List<EntryPoint> tls(String clientCa) {
        return List.of(
                new EntryPoint(
                        "https",
                        new Listen("", 443),
                        new Tls(TlsProfile.INTERMEDIATE, clientCa, false),
                        null,
                        false,
                        List.of()));
    }

    private Path put(String file, String content) throws IOException {
        Files.createDirectories(store.resolve(file).getParent());
        return Files.writeString(store.resolve(file), content);
    }

    /** A file counts once it was the same at two looks. */
    private void lookTwice() throws InterruptedException {
        keeper.look(now);
        keeper.look(now);
    }

    private String deployed(String file) throws IOException {
        return Files.readString(certs.resolve(file));
    }

    private List<String> subjects() {
        return keeper.notes().stream().map(Note::subject).toList();
    }

    @Test
    void shouldWriteNothingForWhoSpeaksNoTls() throws Exception {
        put("a.pem", Make.pem("a.example"));

        keeper.prepare(List.of(new EntryPoint("http", new Listen("", 80))), now);
        lookTwice();

        assertThat(certs.resolve("list")).doesNotExist();
        assertThat(keeper.standing()).extracting(CertificateKeeper.Standing::name).contains("a");
        assertThat(keeper.notes()).isEmpty();
    }

    @Test
    void shouldServeASelfSignedOneWhereThereIsNoneAndSaySo() throws Exception {
        keeper.prepare(tls(""), now);

        assertThat(CertificateReader.any(deployed("default")).names())
                .containsExactly(SelfSigned.NAME);
        assertThat(deployed("list")).isEqualTo(certs.resolve("default") + "\n");
        assertThat(subjects()).containsExactly("certificate/default");
        assertThat(keeper.notes().getFirst().message()).contains("self-signed");

        String before = deployed("default");
        keeper = keeper(Optional.empty());
        keeper.prepare(tls(""), now);
        assertThat(deployed("default")).isEqualTo(before);
        assertThat(subjects()).containsExactly("certificate/default");
    }

    @Test
    void shouldServeTheFirstByNameWhereNoneIsCalledDefault() throws Exception {
        String a = Make.pem("a.example");
        String b = Make.pem("b.example");
        put("b.pem", b);
        put("a.crt", Make.open(a));
        put("a.key", Make.key(a));

        keeper.prepare(tls(""), now);

        assertThat(deployed("default")).isEqualTo(a);
        assertThat(deployed("named/a")).isEqualTo(a);
        assertThat(deployed("named/b")).isEqualTo(b);
        assertThat(keeper.notes()).isEmpty();

        String standard = Make.pem("standard.example");
        put("default.pem", standard);
        lookTwice();
        assertThat(deployed("default")).isEqualTo(standard);
        assertThat(deployed("list").lines()).hasSize(3);
    }

    @Test
    void shouldLetNobodyElseReadKeys() throws Exception {
        put("a.pem", Make.pem("a.example"));
        keeper.prepare(tls("staff"), now);

        try (Stream<Path> files = Files.walk(certs)) {
            for (Path file : files.toList()) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                        .isEqualTo(Files.isDirectory(file) ? "rwx------" : "rw-------");
            }
        }
    }

    @Test
    void shouldKeepTheLastGoodOne() throws Exception {
        String good = Make.pem("a.example");
        put("a.pem", good);
        put("b.pem", Make.pem("b.example"));
        keeper.prepare(tls(""), now);

        put("a.pem", Make.open(good) + Make.key(Make.pem("other.example")));
        put("c.pem", Make.expired("c.example"));
        put("d.pem", "nonsense");
        lookTwice();

        assertThat(deployed("named/a")).isEqualTo(good);
        assertThat(certs.resolve("named/c")).doesNotExist();
        assertThat(subjects()).containsExactly("certificate/a", "certificate/c", "certificate/d");
        assertThat(keeper.notes().get(0).message())
                .contains("does not belong")
                .contains("the last good one goes on serving");
        assertThat(keeper.notes().get(1).message()).contains("expired").contains("not used");

        // Also after a restart.
        keeper = keeper(Optional.empty());
        keeper.prepare(tls(""), now);
        assertThat(deployed("named/a")).isEqualTo(good);
        assertThat(subjects()).contains("certificate/a");
    }

    @Test
    void shouldAskHaproxyOnceAboutAllAtTheStartAndNeverAgain() throws Exception {
        put("a.pem", Make.pem("a.example"));
        put("b.pem", Make.pem("b.example"));
        keeper.prepare(tls(""), now);
        assertThat(asked).containsExactly("candidates");

        keeper = keeper(Optional.empty());
        keeper.prepare(tls(""), now);
        lookTwice();
        put("c.pem", Make.pem("c.example"));
        lookTwice();
        assertThat(asked).containsExactly("candidates", "candidate");
        assertThat(certs.resolve("candidate")).doesNotExist();
    }

    @Test
    void shouldNotUseWhatHaproxyDoesNotTake() throws Exception {
        refusing = true;
        put("a.pem", Make.pem("a.example"));
        put("b.pem", Make.pem("b.example"));

        keeper.prepare(tls(""), now);

        assertThat(asked).containsExactly("candidates", "candidate", "candidate");
        assertThat(deployed("list")).doesNotContain("named");
        assertThat(keeper.notes().getFirst().message())
                .contains("HAProxy does not take it: words: it is not used");
    }

    @Test
    void shouldNameWhyHaproxyCannotBeAskedAndAskAgainAfterAMinute() throws Exception {
        hanging = true;
        put("a.pem", Make.pem("a.example"));
        keeper.prepare(tls(""), now);
        assertThat(keeper.notes().getFirst().message())
                .contains("cannot be asked about it: haproxy does not end within 5000 ms");

        hanging = false;
        keeper.look(now.plusSeconds(59));
        assertThat(deployed("list")).doesNotContain("named");
        keeper.look(now.plusSeconds(60));

        assertThat(deployed("list")).contains("named/a");
        assertThat(keeper.notes()).isEmpty();
    }

    @Test
    void shouldNotTakeAFileThatIsStillBeingWritten() throws Exception {
        put("a.pem", Make.pem("a.example"));
        keeper.prepare(tls(""), now);
        String next = Make.pem("a.example");

        put("a.pem", next.substring(0, 100));
        keeper.look(now);
        put("a.pem", next);
        keeper.look(now);
        assertThat(deployed("named/a")).isNotEqualTo(next);
        assertThat(keeper.notes()).isEmpty();

        keeper.look(now);
        assertThat(deployed("named/a")).isEqualTo(next);
    }

    @Test
    void shouldWriteLaterWhatCannotBeWrittenNow() throws Exception {
        put("a.pem", Make.pem("a.example"));
        keeper.prepare(tls(""), now);
        Path obstacle = Files.createDirectories(certs.resolve("named/.a.new/in-the-way"));
        String next = Make.pem("a.example");
        put("a.pem", next);

        lookTwice();
        keeper.look(now);
        assertThat(deployed("named/a")).isNotEqualTo(next);
        assertThat(keeper.notes())
                .extracting(Note::message)
                .anySatisfy(said -> assertThat(said).contains("cannot be written"));

        Files.delete(obstacle);
        keeper.look(now);
        assertThat(deployed("named/a")).isEqualTo(next);
        assertThat(keeper.notes()).isEmpty();
    }

    @Test
    void shouldTakeAwayWhatIsGone() throws Exception {
        put("a.pem", Make.pem("a.example"));
        Path b = put("b.pem", Make.pem("b.example"));
        keeper.prepare(tls(""), now);

        Files.delete(b);
        keeper.look(now);

        assertThat(certs.resolve("named/b")).doesNotExist();
        assertThat(deployed("list")).doesNotContain("named/b");
    }

    @Test
    void shouldKeepAllWhereTheStoreIsSuddenlyEmpty() throws Exception {
        Path a = put("a.pem", Make.pem("a.example"));
        Path b = put("b.pem", Make.pem("b.example"));
        keeper.prepare(tls(""), now);
        List<String> before = List.of(deployed("named/a"), deployed("named/b"), deployed("list"));

        Files.delete(a);
        Files.delete(b);
        lookTwice();
        keeper = keeper(Optional.empty());
        keeper.prepare(tls(""), now);
        lookTwice();

        assertThat(List.of(deployed("named/a"), deployed("named/b"), deployed("list")))
                .isEqualTo(before);
        assertThat(subjects()).containsExactly("certificate/store");
    }

    @Test
    void shouldUseTheOneOfTheEnvironmentUnlessTheStoreHasADefault() throws Exception {
        String environment = Make.pem("environment.example");
        put("a.pem", Make.pem("a.example"));
        keeper = keeper(Optional.of(CertificateReader.any(environment)));
        keeper.prepare(tls(""), now);
        assertThat(deployed("default")).isEqualTo(environment);

        String standard = Make.pem("standard.example");
        put("default.pem", standard);
        lookTwice();
        assertThat(deployed("default")).isEqualTo(standard);
    }

    @Test
    void shouldLetNoClientInWhereThoseWhoSignAreMissing() throws Exception {
        put("a.pem", Make.pem("a.example"));
        keeper.prepare(tls("staff"), now);
        String nobody = deployed("client-ca/staff");
        assertThat(nobody).startsWith("-----BEGIN CERTIFICATE").doesNotContain("KEY");
        assertThat(subjects()).containsExactly("certificate/client-ca/staff");

        keeper = keeper(Optional.empty());
        lookTwice();
        assertThat(deployed("client-ca/staff")).as("after a restart").isEqualTo(nobody);

        String signer = Make.open(Make.pem("ca.example"));
        put("client-ca/staff.pem", signer);
        lookTwice();
        assertThat(deployed("client-ca/staff")).isEqualTo(signer);
        assertThat(keeper.notes()).isEmpty();

        put("client-ca/staff.pem", "nonsense");
        lookTwice();
        assertThat(deployed("client-ca/staff")).isEqualTo(signer);
        assertThat(subjects()).containsExactly("certificate/client-ca/staff");
    }

    @Test
    void shouldStoreAndDeleteByName() throws Exception {
        Certificate a = CertificateReader.any(Make.pem("a.example"));
        keeper.store(new CertificateName("a"), a);
        assertThat(Files.readString(store.resolve("a.pem"))).isEqualTo(a.pem());
        assertThat(
                        PosixFilePermissions.toString(
                                Files.getPosixFilePermissions(store.resolve("a.pem"))))
                .isEqualTo("rw-------");
        assertThatThrownBy(() -> keeper.delete(new CertificateName("a")))
                .isInstanceOf(Refused.class);

        keeper.store(new CertificateName("b"), CertificateReader.any(Make.pem("b.example")));
        assertThat(keeper.delete(new CertificateName("a"))).isTrue();
        assertThat(keeper.delete(new CertificateName("a"))).isFalse();
        assertThat(store.resolve("a.pem")).doesNotExist();

        put("c.key", Make.key(Make.pem("c.example")));
        assertThatThrownBy(() -> keeper.store(new CertificateName("c"), a))
                .isInstanceOf(Refused.class);
    }
}
