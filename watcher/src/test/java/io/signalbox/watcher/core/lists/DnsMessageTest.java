package io.signalbox.watcher.core.lists;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.watcher.core.lists.DnsMessage.Reply;
import io.signalbox.watcher.core.lists.KnownAddresses.Answer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DnsMessageTest {
    private static final int ID = 0x1234;
    private static final String NAME = "tasks.web";
    private static final String ASKED = "05 7461736b73 03 776562 00 0001 0001";
    private static final String FLAGS = "1234 8180 0001 ";

    @Test
    void shouldAskForOneTypeAndTakeLongAnswers() {
        assertThat(DnsMessage.question(ID, NAME, DnsMessage.A))
                .isEqualTo(
                        bytes(
                                "1234 0100 0001 0000 0000 0001"
                                        + ASKED
                                        + "00 0029 04d0 00000000 0000"));
    }

    @Test
    void shouldReadAddressesBehindAnotherName() {
        String alias = "c00c 0005 0001 00000000 0005 02 7765 c012";
        String first = "c00c 0001 0001 00000000 0004 0a000002";
        String second = "05 7461736b73 c012 0001 0001 0000003c 0004 0a000001";

        assertThat(reply(FLAGS + "0003 0000 0000" + ASKED + alias + first + second))
                .isEqualTo(answered(new Answer.Addresses(List.of("10.0.0.1", "10.0.0.2"))));
    }

    @Test
    void shouldReadAddressesOfIpV6() {
        String asked = ASKED.replace("0001 0001", "001c 0001");
        String record = "c00c 001c 0001 00000000 0010 20010db8000000000000000000000001";

        assertThat(
                        DnsMessage.reply(
                                bytes(FLAGS + "0001 0000 0000" + asked + record),
                                ID,
                                NAME,
                                DnsMessage.AAAA))
                .isEqualTo(answered(new Answer.Addresses(List.of("2001:db8::1"))));
    }

    @Test
    void shouldTakeNoAddressUnderWhichNobodyCanBeReached() {
        String any = "c00c 0001 0001 00000000 0004 00000000";

        assertThat(reply(FLAGS + "0001 0000 0000" + ASKED + any))
                .isEqualTo(answered(new Answer.None("tasks.web has no address")));
    }

    @ParameterizedTest
    @CsvSource({
        "8183, no such name",
        "8180, tasks.web has no address",
    })
    void shouldTellThatThereIsNone(String flags, String why) {
        assertThat(reply("1234 " + flags + " 0001 0000 0000 0000" + ASKED))
                .isEqualTo(answered(new Answer.None(why)));
    }

    @ParameterizedTest
    @CsvSource({
        "8182, the name server answers that it failed",
        "8185, the name server answers that it refuses",
    })
    void shouldTellThatTheServerDoesNotKnow(String flags, String why) {
        assertThat(reply("1234 " + flags + " 0001 0000 0000 0000" + ASKED))
                .isEqualTo(answered(new Answer.Failed(why)));
    }

    @Test
    void shouldTellThatTheAnswerWasTooLong() {
        assertThat(reply("1234 8380 0001 0000 0000 0000" + ASKED)).isEqualTo(new Reply.CutShort());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1234",
                "1235 8180 0001 0000 0000 0000 05 7461736b73 03 776562 00 0001 0001",
                "1234 0180 0001 0000 0000 0000 05 7461736b73 03 776562 00 0001 0001",
                "1234 8180 0001 0000 0000 0000 05 7461736b73 03 776563 00 0001 0001",
                "1234 8180 0001 0000 0000 0000 05 7461736b73 03 776562 00 001c 0001",
                "1234 8180 0000 0000 0000 0000",
                "1234 8180 0001 0002 0000 0000 05 7461736b73 03 776562 00 0001 0001 c00c 0001",
            })
    void shouldNotBelieveWhatIsNoAnswerToItsQuestion(String message) {
        assertThat(reply(message)).isEqualTo(new Reply.NotOurs());
    }

    @Test
    void shouldReadAnyBytesToAnEnd() {
        Random random = new Random(1);
        byte[] good =
                bytes(FLAGS + "0001 0000 0000" + ASKED + "c00c 0001 0001 00000000 0004 0a000001");
        for (int round = 0; round < 20_000; round++) {
            byte[] bad = Arrays.copyOf(good, random.nextInt(good.length + 1));
            for (int change = random.nextInt(4); change > 0 && bad.length > 0; change--) {
                bad[random.nextInt(bad.length)] = (byte) random.nextInt();
            }

            assertThat(DnsMessage.reply(bad, ID, NAME, DnsMessage.A)).isNotNull();
        }
    }

    @Test
    void shouldKnowWhatIsAName() {
        assertThat(List.of("a", "tasks.my_web-1", "a.", "x".repeat(63)))
                .allMatch(DnsMessage::isName);
        assertThat(List.of("", ".", "a..b", "a b", "x".repeat(64), "ä", "a.".repeat(127) + "bb"))
                .noneMatch(DnsMessage::isName);
    }

    private static Reply reply(String hex) {
        return DnsMessage.reply(bytes(hex), ID, NAME, DnsMessage.A);
    }

    private static Reply answered(Answer answer) {
        return new Reply.Answered(answer);
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }
}
