package io.signalbox.haproxy;

import java.util.List;
import java.util.regex.Pattern;

/** Commands about certificates and the list of them. */
public sealed interface CertificateCommand extends RuntimeCommand {

    /** Commands that begin or end a change of one certificate. */
    sealed interface OnCertificate extends CertificateCommand {
        /** The certificate's file, as HAProxy knows it. */
        ConfigPath file();
    }

    /** Makes an empty certificate, which nothing uses yet. */
    record NewCertificate(ConfigPath file) implements OnCertificate {
        @Override
        public String text() {
            return CliText.words("new", "ssl", "cert", file);
        }

        @Override
        public boolean isGood(String answer) {
            return answer.contains("New empty certificate store");
        }
    }

    /**
     * Begins to replace a certificate; {@link CommitCertificate} ends it.
     *
     * @param pem certificates and key in PEM, without empty lines
     */
    record SetCertificate(ConfigPath file, String pem) implements OnCertificate {

        private static final Pattern LINE =
                Pattern.compile("[A-Za-z0-9+/=]{1,76}|-----(?:BEGIN|END) [A-Z ]{1,30}-----");

        public SetCertificate {
            if (pem.isEmpty() || !pem.lines().allMatch(line -> LINE.matcher(line).matches())) {
                // Not the text itself: it has a private key in it.
                throw new IllegalValue("certificate", "must be PEM", file.value());
            }
        }

        @Override
        public String text() {
            return CliText.words("set", "ssl", "cert", file)
                    + " <<\n"
                    + String.join("\n", pem.lines().toList())
                    + "\n";
        }

        @Override
        public boolean isGood(String answer) {
            return answer.contains("Transaction created for certificate")
                    || answer.contains("Transaction updated for certificate");
        }

        @Override
        public String toString() {
            return "SetCertificate[" + file + "]";
        }
    }

    /** Makes what was set the certificate that serves. */
    record CommitCertificate(ConfigPath file) implements OnCertificate {
        @Override
        public String text() {
            return CliText.words("commit", "ssl", "cert", file);
        }

        @Override
        public boolean isGood(String answer) {
            return answer.endsWith("Success!");
        }
    }

    /** Forgets what was set. */
    record AbortCertificate(ConfigPath file) implements OnCertificate {
        @Override
        public String text() {
            return CliText.words("abort", "ssl", "cert", file);
        }

        @Override
        public boolean isGood(String answer) {
            return answer.contains("Transaction aborted");
        }
    }

    /** Deletes a certificate that is in no list. */
    record DeleteCertificate(ConfigPath file) implements OnCertificate {
        @Override
        public String text() {
            return CliText.words("del", "ssl", "cert", file);
        }

        @Override
        public boolean isGood(String answer) {
            return answer.contains("' deleted!");
        }
    }

    /** What is known of a certificate; read by {@link CertificateAnswers#sha1}. */
    record ShowCertificate(ConfigPath file) implements OnCertificate {
        @Override
        public String text() {
            return CliText.words("show", "ssl", "cert", file);
        }

        @Override
        public boolean isGood(String answer) {
            return answer.startsWith("Filename: ");
        }
    }

    /** Those who sign certificates of clients; read by {@link CertificateAnswers#all}. */
    record ShowAuthorities(ConfigPath file) implements CertificateCommand {
        @Override
        public String text() {
            return CliText.words("show", "ssl", "ca-file", file);
        }

        @Override
        public boolean isGood(String answer) {
            return answer.startsWith("Filename: ");
        }
    }

    /** Puts a certificate into a list; it is chosen by the names in it from then on. */
    record AddToList(ConfigPath list, ConfigPath file) implements CertificateCommand {
        @Override
        public String text() {
            return CliText.words("add", "ssl", "crt-list", list, file);
        }

        @Override
        public boolean isGood(String answer) {
            return answer.endsWith("Success!");
        }
    }

    /** Takes a certificate out of a list. */
    record DeleteFromList(ConfigPath list, ConfigPath file) implements CertificateCommand {
        @Override
        public String text() {
            return CliText.words("del", "ssl", "crt-list", list, file);
        }

        @Override
        public boolean isGood(String answer) {
            return answer.contains("deleted in crtlist");
        }
    }

    /** The files of all lists; read by {@link CertificateAnswers#files}. */
    record ShowLists() implements CertificateCommand {
        @Override
        public boolean isGood(String answer) {
            return answer.isEmpty() || answer.startsWith("/");
        }

        @Override
        public String text() {
            return "show ssl crt-list";
        }
    }

    /** The certificates of a list; read by {@link CertificateAnswers#entries}. */
    record ShowList(ConfigPath list) implements CertificateCommand {
        @Override
        public String text() {
            return CliText.words("show", "ssl", "crt-list", "-n", list);
        }

        @Override
        public boolean isGood(String answer) {
            return answer.startsWith("# " + list);
        }
    }

    /** The files of all certificates, used or not; read by {@link CertificateAnswers#files}. */
    record ShowCertificates() implements CertificateCommand {
        @Override
        public String text() {
            return "show ssl cert";
        }

        @Override
        public boolean isGood(String answer) {
            return answer.startsWith("# ");
        }
    }

    /** The commands that replace a certificate that is known. */
    static List<RuntimeCommand> replace(ConfigPath file, String pem) {
        return List.of(new SetCertificate(file, pem), new CommitCertificate(file));
    }
}
