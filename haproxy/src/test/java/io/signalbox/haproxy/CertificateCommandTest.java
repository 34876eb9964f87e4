package io.signalbox.haproxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.haproxy.CertificateCommand.AddToList;
import io.signalbox.haproxy.CertificateCommand.CommitCertificate;
import io.signalbox.haproxy.CertificateCommand.DeleteCertificate;
import io.signalbox.haproxy.CertificateCommand.DeleteFromList;
import io.signalbox.haproxy.CertificateCommand.NewCertificate;
import io.signalbox.haproxy.CertificateCommand.SetCertificate;
import io.signalbox.haproxy.CertificateCommand.ShowAuthorities;
import io.signalbox.haproxy.CertificateCommand.ShowCertificate;
import io.signalbox.haproxy.CertificateCommand.ShowCertificates;
import io.signalbox.haproxy.CertificateCommand.ShowList;
import io.signalbox.haproxy.CertificateCommand.ShowLists;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The answers are those of HAProxy 2.6.12 and 3.0.11. */
class CertificateCommandTest {

    private static final CertificateFiles FILES = new CertificateFiles(new ConfigPath("/c"));
    private static final ConfigPath A = FILES.named(new CertificateName("a"));
    private static final ConfigPath STAFF = FILES.clientCa(new CertificateName("staff"));
    private static final String PEM =
            "-----BEGIN CERTIFICATE-----\nAAAA+/==\n-----END CERTIFICATE-----\n";
    private static final String AUTHORITIES =
            """
            Filename: /c/client-ca/staff
            Status: Used
            \s
            Certificate #1:
            Serial: 4EAABA507ADF139C2F17B13A9F6A640101777F8B
            SHA1 FingerPrint: 66D2F1DA337F3DB0BE041D3F11D7E7A085278A06
            Subject: /CN=a
            \s
            Certificate #2:
            Serial: 1EBE51E853FA986C5B18E6FE29D76CC05998756A
            SHA1 FingerPrint: 2DF68051A35F65DAE62BD849B8CF49FD152ED7D1
            Subject: /CN=b

            """;

    @Test
    void shouldSayWhatHaproxyUnderstands() {
        assertThat(new NewCertificate(A).text()).isEqualTo("new ssl cert /c/named/a");
        assertThat(new SetCertificate(A, PEM).text())
                .isEqualTo("set ssl cert /c/named/a <<\n" + PEM);
        assertThat(new CommitCertificate(A).text()).isEqualTo("commit ssl cert /c/named/a");
        assertThat(new AddToList(FILES.list(), A).text())
                .isEqualTo("add ssl crt-list /c/list /c/named/a");
        assertThat(new DeleteFromList(FILES.list(), A).text())
                .isEqualTo("del ssl crt-list /c/list /c/named/a");
        assertThat(new ShowAuthorities(STAFF).text())
                .isEqualTo("show ssl ca-file /c/client-ca/staff");
        assertThat(new ShowList(FILES.list()).text()).isEqualTo("show ssl crt-list -n /c/list");
    }

    @Test
    void shouldEndThePayloadWithAnEmptyLine() {
        var line = new RuntimeLine(List.of(new SetCertificate(A, PEM)));

        assertThat(new String(line.bytes(), StandardCharsets.US_ASCII)).endsWith("-----\n\n");
    }

    @Test
    void shouldGiveEachPayloadALineOfItsOwn() {
        var capabilities = HaproxyVersion.OLDEST.capabilities();

        assertThat(RuntimeLine.join(CertificateCommand.replace(A, PEM), capabilities)).hasSize(2);
        assertThatThrownBy(() -> new RuntimeLine(CertificateCommand.replace(A, PEM)))
                .isInstanceOf(IllegalValue.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n",
                "show info",
                "-----BEGIN CERTIFICATE-----\n\nAAAA\n-----END CERTIFICATE-----",
                "-----BEGIN CERTIFICATE-----\nAAAA; show info\n-----END CERTIFICATE-----",
                "-----BEGIN CERTIFICATE-----\nAAAA <<\n-----END CERTIFICATE-----",
                "Proc-Type: 4,ENCRYPTED"
            })
    void shouldTakeNothingButPemAndNotRepeatIt(String pem) {
        assertThatThrownBy(() -> new SetCertificate(A, pem))
                .isInstanceOf(IllegalValue.class)
                .hasMessage("certificate must be PEM, not '/c/named/a'");
    }

    @Test
    void shouldNotShowAKey() {
        assertThat(new SetCertificate(A, PEM).toString()).doesNotContain("AAAA");
    }

    @Test
    void shouldKnowGoodAnswers() {
        assertGood(new NewCertificate(A), "New empty certificate store '/c/named/a'!\n\n");
        assertGood(
                new SetCertificate(A, PEM), "Transaction created for certificate /c/named/a!\n\n");
        assertGood(new CommitCertificate(A), "Committing /c/named/a.\nSuccess!\n\n");
        assertGood(
                new AddToList(FILES.list(), A),
                "Inserting certificate '/c/named/a' in crt-list '/c/list'.\nSuccess!\n\n");
        assertGood(
                new DeleteFromList(FILES.list(), A),
                "Entry '/c/named/a' deleted in crtlist '/c/list'!\n\n");
        assertGood(new DeleteCertificate(A), "Certificate '/c/named/a' deleted!\n\n");
        assertGood(new ShowLists(), "\n");
        assertGood(new ShowLists(), "/c/list\n\n");
        assertGood(new ShowCertificates(), "# filename\n/c/default\n/c/named/a\n\n");
        assertGood(new ShowList(FILES.list()), "# /c/list\n/c/default:1\n/c/named/a:2\n\n");
        assertGood(new ShowAuthorities(STAFF), AUTHORITIES);
        assertGood(new ShowCertificate(A), "Filename: /c/named/a\nStatus: Used\n\n");
    }

    private static void assertGood(RuntimeCommand command, String answer) {
        assertThat(command.check(answer)).isInstanceOf(Reply.Ok.class);
    }

    @Test
    void shouldKnowRefusals() {
        assertRefused(new NewCertificate(A), "Certificate '/c/named/a' already exists!\n\n");
        assertRefused(
                new SetCertificate(A, PEM),
                "unable to load certificate from file '/c/named/a'.\nCan't load the payload\nCan't"
                        + " update /c/named/a!\n\n");
        assertRefused(
                new CommitCertificate(A),
                "No ongoing transaction! !\nCan't commit /c/named/a!\n\n");
        assertRefused(
                new AddToList(FILES.list(), A),
                "Can't edit the crt-list: certificate '/c/named/a' does not exist!\n\n");
        assertRefused(
                new DeleteCertificate(A),
                "Can't remove the certificate: certificate '/c/named/a' in use, can't be"
                        + " deleted!\n\n\n");
        assertRefused(new ShowAuthorities(STAFF), "Can't display the CA file : Not found!\n\n");
        assertRefused(
                new ShowCertificate(A),
                "Can't display the certificate: Not found or the certificate is a bundle!\n\n");
    }

    private static void assertRefused(RuntimeCommand command, String answer) {
        assertThat(command.check(answer)).isInstanceOf(Reply.Refused.class);
    }

    @Test
    void shouldReadWhatIsAnswered() {
        assertThat(CertificateAnswers.files("# filename\n/c/default\n/c/named/a\n\n"))
                .containsExactly("/c/default", "/c/named/a");
        assertThat(CertificateAnswers.entries("# /c/list\n/c/default:1\n/c/named/a:12\n\n"))
                .containsExactly("/c/default", "/c/named/a");
        assertThat(
                        CertificateAnswers.sha1(
                                "Serial: 1\nSHA1 FingerPrint: A8A4562224A9700E6A09403A7E89DEC1DE7330A1\nSubject: x\n"))
                .contains("a8a4562224a9700e6a09403a7e89dec1de7330a1");
        assertThat(CertificateAnswers.all(AUTHORITIES))
                .containsExactlyInAnyOrder(
                        "66d2f1da337f3db0be041d3f11d7e7a085278a06",
                        "2df68051a35f65dae62bd849b8cf49fd152ed7d1");
        assertThat(CertificateAnswers.sha1("Filename: x\nStatus: Empty\n")).isEmpty();
    }
}
