package io.signalbox.applier.users;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.haproxy.BasicAuthentication;
import io.signalbox.haproxy.BasicAuthentication.User;
import io.signalbox.haproxy.UserListName;
import io.signalbox.schemas.ConfigRecord.Note;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UserListsTest {
    private static final String HASH = "$5$abcd$tIzEKIjO1qqCr6oagjLFxaQj9U361xrVaCJSPJzeTo5";
    private static final UserListName STAFF = new UserListName("staff");
    private static final User ANN = new User("ann", HASH);

    @TempDir Path directory;

    private UserLists open() throws IOException {
        return UserLists.open(directory.resolve("users"), directory.resolve("haproxy.cfg"));
    }

    private void write(String text) throws IOException {
        Files.createDirectories(directory.resolve("users"));
        Files.writeString(directory.resolve("users").resolve("staff.htpasswd"), text);
    }

    @Test
    void shouldReadUsersAndNameWhatHaproxyCannotCheck() {
        UserFile file =
                UserFile.parse(
                        """
                        # staff
                        ann:%s

                        ann:%s
                        b:$2y$05$secretsecretsecret
                        c:$apr1$secret$secret
                        d:{SHA}secret
                        e:secret
                        secret
                        @users@:%s
                        a,b:%s
                        f:$6$short$secret
                        """
                                .formatted(HASH, HASH, HASH, HASH));

        assertThat(file.users()).containsExactly(ANN);
        assertThat(file.problems())
                .satisfiesExactly(
                        one -> assertThat(one).startsWith("line 4: ").contains("first counts"),
                        one -> assertThat(one).startsWith("line 5: ").contains("bcrypt"),
                        one -> assertThat(one).startsWith("line 6: ").contains("apr1"),
                        one -> assertThat(one).startsWith("line 7: ").contains("SHA-1"),
                        one -> assertThat(one).startsWith("line 8: ").contains("plain text"),
                        one -> assertThat(one).startsWith("line 9: ").contains("NAME:HASH"),
                        one -> assertThat(one).startsWith("line 10: ").contains("placeholder"),
                        one -> assertThat(one).startsWith("line 11: ").contains("comma"),
                        one -> assertThat(one).startsWith("line 12: ").contains("hash"));
        assertThat(file.problems().toString()).doesNotContain("secret");
    }

    @Test
    void shouldHaveNobodyInAListThatIsNotThere() throws Exception {
        UserLists lists = open();

        assertThat(lists.take(Set.of(STAFF))).isEqualTo(Map.of(STAFF, List.of()));
        assertThat(lists.notes()).extracting(Note::subject).containsExactly("users/staff");
        assertThat(lists.refused()).isEqualTo(1);
    }

    @Test
    void shouldSayNothingOfListsThatNobodyNames() throws Exception {
        write("nonsense");
        UserLists lists = open();

        assertThat(lists.notes()).isEmpty();
        assertThat(lists.look()).isEmpty();
    }

    @Test
    void shouldTakeAChangeWhenItIsFoundTwiceAlike() throws Exception {
        UserLists lists = open();
        lists.take(Set.of(STAFF));

        write("ann:" + HASH);
        assertThat(lists.look()).isEmpty();
        assertThat(lists.take(Set.of(STAFF))).isEqualTo(Map.of(STAFF, List.of()));

        assertThat(lists.look()).contains(STAFF);
        assertThat(lists.taken(Set.of(STAFF))).isEqualTo(Map.of(STAFF, List.of()));
        assertThat(lists.take(Set.of(STAFF))).isEqualTo(Map.of(STAFF, List.of(ANN)));
        assertThat(lists.notes()).isEmpty();
        assertThat(lists.look()).isEmpty();
    }

    @Test
    void shouldNoticeWhatChangedSinceTheConfigurationWasWritten() throws Exception {
        write("ann:" + HASH);
        String written =
                "userlist users:staff\n"
                        + String.join("\n", BasicAuthentication.lines(List.of(ANN)))
                        + "\n\nbackend service_a\n"
                        + "    http-request auth realm x unless { http_auth(users:staff) }\n";
        Files.writeString(directory.resolve("haproxy.cfg"), written);
        assertThat(open().look()).isEmpty();

        write("");
        assertThat(open().look()).contains(STAFF);
    }
}
