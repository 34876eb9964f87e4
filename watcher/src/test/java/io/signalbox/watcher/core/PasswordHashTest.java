package io.signalbox.watcher.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.schemas.Withheld;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordHashTest {
    /**
     * The salt by the rule, and the hash as {@code openssl passwd -6} and glibc's crypt give it.
     */
    @Test
    void shouldGiveTheHashThatTheRuleNames() {
        assertThat(PasswordHash.salt("com.df.users", "joe")).isEqualTo("vBG8s0sZchQxkR4Y");
        assertThat(PasswordHash.list("com.df.users", "joe:secret", false))
                .isEqualTo(
                        "joe:$6$rounds=1000$vBG8s0sZchQxkR4Y$mZSKFByVKGCSMwYa31er0gZ.8jyBpcbCHiRREuXJkKPNneqwnx5zcB3zROHLiRP3KyBpj0wqo9P9jRifzYO9V0");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$6$saltstring$svn8UoSVapNtMuq1ukKS4tPQd8iKwSMHWjl/O817G3uBnIFNjnQJuesI68u4OTLiBFdcbYEdFCoEOfaS35inz1",
                "$5$saltstring$5B8vYYiY.CVt1RlTTf8KbXBH3hsxY/GNooZaBBGWEc8",
                "$1$abcdefgh$znAnv9M.XU2pRYfmSs46h/",
                "$6$rounds=5000$toolongsaltstrin$lQ8jolhgVRVhY4b5pZKaysCLi0QBxGoNeKQzQ3glMhwllF7oGDZxUhx1yxdYcz/e1JSbq3y6JMxxl8audkUEm0"
            })
    void shouldPassHashesThatHaproxyKnows(String hash) {
        assertThat(PasswordHash.list("l", "joe:" + hash, false)).isEqualTo("joe:" + hash);
        assertThat(PasswordHash.list("l", "joe:" + hash, true)).isEqualTo("joe:" + hash);
    }

    @ParameterizedTest
    @CsvSource({
        "$apr1$xyz$FOPLh3Ib3bwZ8gLaVzHqL0, apr1",
        "{SHA}5en6G6MezRroT3XKqkdPOmY/BfQ=, SHA",
        "$2y$05$c4WoMPo3SXsafkva.HHa6uXQZWr7oboPiC2bT/r7q1BB8I2s0BRqC, 2y",
        "$y$j9T$abc$def, y"
    })
    void shouldRejectHashesThatHaproxyDoesNotKnowByName(String hash, String algorithm) {
        String entry = PasswordHash.list("l", "joe:" + hash, false);

        assertThat(entry).doesNotContain(hash);
        assertThat(Withheld.parse(entry.substring("joe:".length())))
                .contains(new Withheld(Withheld.UNKNOWN_HASH, algorithm));
    }

    @Test
    void shouldRejectHashesThatTakeTooLongToCheck() {
        String hash =
                "$6$rounds=999999$saltstring$"
                        + "svn8UoSVapNtMuq1ukKS4tPQd8iKwSMHWjl/O817G3uBnIFNjnQJuesI68u4OTLiBFdcbYEdFCoEOfaS35inz1";

        assertThat(PasswordHash.list("l", "joe:" + hash, false)).contains("unknown-hash");
    }

    @Test
    void shouldNeverHashWhatIsSaidToBeAHash() {
        assertThat(PasswordHash.list("l", "joe:abJnggxhB/yWI", true))
                .contains("unknown-hash")
                .doesNotContain("abJnggxhB/yWI");
    }

    @Test
    void shouldTellNothingOfAnEntryWithoutPassword() {
        assertThat(PasswordHash.list("l", "mysecret", false))
                .isEqualTo(new Withheld(Withheld.NO_PASSWORD, "must be user:password").text());
    }

    @Test
    void shouldTakePasswordsWithColonsAndDollars() {
        assertThat(PasswordHash.list("l", "joe:a:b$c", false))
                .isEqualTo("joe:" + PasswordHash.hash("l", "joe", "a:b$c"));
    }

    @Test
    void shouldBoundTheWorkThatAContainerCanCause() {
        assertThat(PasswordHash.list("l", "a:b,".repeat(1_000), false)).contains("too-much");
        assertThat(PasswordHash.list("l", "a:" + "b".repeat(1_000), false))
                .contains("value-too-long");
    }
}
