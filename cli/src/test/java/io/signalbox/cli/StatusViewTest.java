package io.signalbox.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class StatusViewTest {
    private static final Instant NOW = Instant.parse("2026-01-01T10:00:00Z");
    private static final String EXITED =
            "{\"code\":\"not-running\",\"subject\":\"h1/c1\",\"message\":\"its state is exited\"}";

    @Test
    void shouldSayANoteOnceWhereTheApplierRepeatsThatOfTheService() throws Exception {
        String own =
                "{\"code\":\"unreachable\",\"subject\":\"h1/c2\",\"message\":\"cannot be reached\"}";

        List<String> attention =
                attention(
                        """
                        {"services":[{"service":"web","groups":[
                            {"group":"default","notes":[%s]}]}],
                         "groups":[{"group":"default","appliers":[
                            {"applier":"a1","leftOut":[%s,%s]}]}]}
                        """
                                .formatted(EXITED, EXITED, own));

        assertThat(attention)
                .containsExactly(
                        "! service web: h1/c1: its state is exited",
                        "! applier default/a1: h1/c2: cannot be reached");
    }

    @Test
    void shouldSayThatAGroupIsWithdrawnAndServesOn() throws Exception {
        assertThat(
                        attention(
                                """
                                {"groups":[{"group":"edge","definition":"withdrawn",
                                            "withdrawnAt":"2026-01-01T09:55:00Z"}]}
                                """))
                .containsExactly(
                        "! group edge was withdrawn 5 min ago: its appliers keep serving what they"
                                + " have");
    }

    @Test
    void shouldSayWhatToDoAboutHostsThatTheGuardKeeps() throws Exception {
        assertThat(
                        attention(
                                """
                                {"registry":{"massLoss":
                                    "3 of 4 hosts are silent: none is declared lost"}}
                                """))
                .singleElement()
                .satisfies(
                        line ->
                                assertThat(line)
                                        .contains(
                                                "3 of 4 hosts are silent",
                                                "signalbox host expire HOST"));
    }

    @Test
    void shouldSayWhereAppliersCallThemselvesTheSame() throws Exception {
        assertThat(
                        attention(
                                """
                                {"groups":[{"group":"edge","appliers":[
                                    {"applier":"one","alike":["host-a","host-b"]}]}]}
                                """))
                .containsExactly(
                        "! applier edge/one: appliers on hosts host-a host-b call themselves so;"
                                + " give each an --applier-id of its own");
    }

    private static List<String> attention(String status) throws JsonProcessingException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new StatusView(new ObjectMapper().readTree(status), NOW)
                .print(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        return bytes.toString(StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.startsWith("!"))
                .toList();
    }
}
