package io.signalbox.renderer.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.renderer.core.GroupOwner.Inputs;
import io.signalbox.renderer.core.GroupOwner.Phase;
import io.signalbox.renderer.core.GroupOwner.Write;
import io.signalbox.schemas.ConfigRecord;
import io.signalbox.schemas.ConfigRecord.Claim;
import io.signalbox.schemas.ConfigRecord.Held;
import io.signalbox.schemas.ConfigRecord.Manifest;
import io.signalbox.schemas.ConfigRecord.Part;
import io.signalbox.schemas.ConfigRecord.Removed;
import io.signalbox.schemas.GroupRecord.ShrinkAccepted;
import io.signalbox.schemas.GroupView;
import io.signalbox.schemas.Keys;
import io.signalbox.schemas.ServiceState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class GroupOwnerTest {
    private ServiceView view = new ServiceView(12);
    private GroupOwner owner = new GroupOwner("default", "me", "v1");
    private final GroupView applier = new GroupView();
    private final List<Write> topic = new ArrayList<>();
    private Instant now = A.T0;

    @Test
    void shouldWriteAClaimThenPartsThenTheirManifest() {
        state(web("c1").at(1));
        takeOver();

        assertThat(keys()).containsExactly("claim", "part/frame", "part/service/web", "manifest/0");
        assertThat(owner.phase()).isEqualTo(Phase.OWNING);
        assertThat(applier.hash()).isEqualTo(lastManifest().hash());
        assertThat(lastManifest().generation()).isEqualTo(1);
        assertThat(lastManifest().eventsPositions()).startsWith(2L);
    }

    @Test
    void shouldWriteWhatChangedUnderTheNextGeneration() {
        state(web("c1").at(1));
        takeOver();
        topic.clear();
        state(web("c2").at(2));
        step();

        assertThat(keys()).containsExactly("part/service/web", "manifest/0");
        assertThat(((Part) value(0)).generation()).isEqualTo(2);
        assertThat(lastManifest().generation()).isEqualTo(2);
        assertThat(lastManifest().causes()).hasSize(1);
        assertThat(applier.hash()).isEqualTo(lastManifest().hash());
    }

    @Test
    void shouldWriteNothingWhenNothingChanged() {
        takeOver();
        topic.clear();
        state(A.container("unrelated").at(5));
        step();

        assertThat(topic).isEmpty();
        assertThat(owner.due()).isEmpty();
    }

    @Test
    void shouldPutOffManifestsBeyondTheBurstButNeverADrain() {
        takeOver();
        for (int number = 0; number < 4; number++) {
            state(web("c" + number).at(10 + number));
            step();
        }
        topic.clear();
        state(web("late").at(20));
        step();
        assertThat(topic).isEmpty();
        assertThat(owner.due()).isPresent();

        state(web("c0").stopping().at(21));
        step();
        assertThat(keys()).containsExactly("part/service/web", "manifest/0");

        topic.clear();
        state(web("later").at(22));
        step();
        assertThat(topic).isEmpty();
        now = owner.due().orElseThrow();
        step();
        assertThat(keys()).containsExactly("part/service/web", "manifest/0");
    }

    @Test
    void shouldLetWhatHaproxyDoesNotShowWaitForWhatItDoes() {
        state(web("c1").at(1));
        takeOver();
        topic.clear();
        state(web("c2").state(io.signalbox.schemas.Container.State.CREATED).at(2));
        step();
        assertThat(topic).isEmpty();
        assertThat(owner.due()).contains(now.plusMillis(200));

        state(web("c2").at(3));
        step();
        assertThat(keys()).containsExactly("part/service/web", "manifest/0");
        assertThat(lastManifest().causes()).hasSize(2);
        assertThat(owner.due()).isEmpty();

        topic.clear();
        state(web("c3").state(io.signalbox.schemas.Container.State.CREATED).at(4));
        step();
        now = owner.due().orElseThrow();
        step();
        assertThat(keys()).containsExactly("part/service/web", "manifest/0");
    }

    @Test
    void shouldKeepWhatIsRightWhenItTakesOver() {
        state(web("c1").at(1));
        takeOver();
        anotherOwner();
        topic.clear();
        takeOver();

        assertThat(keys()).containsExactly("claim", "manifest/" + owner.epoch());
        assertThat(applier.hash()).isEqualTo(lastManifest().hash());
    }

    @Test
    void shouldRewriteWhatDiffersAndRemoveWhatIsNoMore() {
        state(web("c1").at(1));
        state(A.container("x").of("other", A.route("x.example")).at(2));
        takeOver();
        anotherOwner();
        state(A.container("x").of("other", A.route("x.example")).gone().at(3));
        state(web("c2").at(4));
        topic.clear();
        takeOver();

        assertThat(keys())
                .containsExactly(
                        "claim",
                        "part/service/other",
                        "part/service/web",
                        "manifest/" + owner.epoch());
        assertThat(((Part) value(1)).content()).isInstanceOf(Removed.class);
    }

    @Test
    void shouldRewriteWhatALateRecordOverwroteAlsoWhenItIsEqual() {
        state(web("c1").at(1));
        takeOver();
        long old = owner.epoch();
        anotherOwner();
        append(new Claim("another"));
        append(new Part("service/web", old, 7, new Removed()));
        append(new Part("service/zombie", old, 7, new Removed()));
        topic.clear();
        takeOver();

        assertThat(keys())
                .containsExactly(
                        "claim",
                        "part/service/web",
                        "part/service/zombie",
                        "manifest/" + owner.epoch());
        assertThat(applier.overwritten()).isEmpty();
        assertThat(applier.hash()).isEqualTo(lastManifest().hash());
    }

    @Test
    void shouldRepairAPartThatALateRecordOverwritesWhileItOwns() {
        state(web("c1").at(1));
        takeOver();
        long old = owner.epoch();
        anotherOwner();
        takeOver();
        topic.clear();
        append(new Part("service/web", old, 7, new Removed()));
        topic.clear();
        step();

        assertThat(keys()).containsExactly("part/service/web", "manifest/" + owner.epoch());
        assertThat(applier.overwritten()).isEmpty();
    }

    @Test
    void shouldRepairAPartThatATombstoneHides() {
        state(web("c1").at(1));
        takeOver();
        append(new Write.Delete("part/service/web"));
        topic.clear();
        step();

        assertThat(keys()).containsExactly("part/service/web", "manifest/0");
    }

    @Test
    void shouldRepairAPartThatCannotBeRead() {
        state(web("c1").at(1));
        takeOver();
        owner.unreadable("part/service/web");
        topic.clear();
        step();

        assertThat(keys()).containsExactly("part/service/web", "manifest/0");
    }

    @Test
    void shouldBeOvertakenByAnyHigherClaimItsOwnOrphansToo() {
        takeOver();
        assertThat(owner.overtaken()).isFalse();

        append(new Claim("me"));

        assertThat(owner.overtaken()).isTrue();
    }

    @Test
    void shouldWriteNothingUntilItOwns() {
        state(web("c1").at(1));
        append(owner.takeOver());
        state(web("c2").at(2));
        step();
        assertThat(keys()).containsExactly("claim");

        owner.claimed(0);
        step();
        assertThat(keys()).containsExactly("claim");
        owner.release();
        step();
        assertThat(keys()).containsExactly("claim");
    }

    @Test
    void shouldSayWhatIsHeldAndTakeTheOperatorsWordForItOnce() {
        for (int number = 0; number < 5; number++) {
            state(web("c" + number).at(number));
        }
        takeOver();
        anotherOwner();
        view = new ServiceView(12);
        takeOver();
        Held held =
                (Held)
                        topic.stream()
                                .map(GroupOwnerTest::value)
                                .filter(Held.class::isInstance)
                                .findFirst()
                                .orElseThrow();
        assertThat(held.dropping()).isEqualTo(5);
        topic.clear();

        owner.accept(new ShrinkAccepted("default", held.epoch(), held.generation() + 1));
        step();
        assertThat(topic).isEmpty();

        owner.accept(new ShrinkAccepted("default", held.epoch(), held.generation()));
        step();
        assertThat(keys()).containsExactly("part/service/web", "held", "manifest/" + owner.epoch());
        assertThat(((Held) value(1)).dropping()).isZero();
    }

    @Test
    void shouldDeleteManifestsOfOlderEpochsLater() {
        takeOver();
        long old = owner.epoch();
        anotherOwner();
        takeOver();
        topic.clear();
        step();
        assertThat(topic).isEmpty();

        now = now.plus(Duration.ofMinutes(11));
        step();
        assertThat(topic).containsExactly(new Write.Delete(Keys.manifest(old)));
        topic.clear();
        step();
        assertThat(topic).isEmpty();
    }

    @Test
    void shouldDeleteRemovedPartsWeeksLater() {
        state(web("c1").at(1));
        takeOver();
        state(web("c1").gone().at(2));
        step();
        topic.clear();

        now = now.plus(Duration.ofDays(20));
        step();
        assertThat(topic).isEmpty();
        now = now.plus(Duration.ofDays(2));
        step();
        assertThat(topic).containsExactly(new Write.Delete("part/service/web"));
        now = now.plus(Duration.ofDays(2));
        step();
        assertThat(topic).hasSize(1);
    }

    @Test
    void shouldNotWriteBecauseOfALateManifest() {
        takeOver();
        long old = owner.epoch();
        anotherOwner();
        takeOver();
        append(new Manifest("default", old, 9, "x", "v", "", List.of(), 0, List.of()));
        topic.clear();
        step();

        assertThat(topic).isEmpty();
    }

    private static A web(String id) {
        return A.container(id).of("web", A.route("a.example"));
    }

    private void state(ServiceState value) {
        view.read(0, Keys.of(value), value, A.T0).forEach(owner::apply);
    }

    private void takeOver() {
        append(owner.takeOver());
        owner.claimed(applier.nextOffset() - 1);
        owner.begin(Rig.DEFAULT, new Inputs(view, 0), now).forEach(this::append);
    }

    /** A renderer that reads what stands in the topic. */
    private void anotherOwner() {
        owner = new GroupOwner("default", "me too", "v1");
        long offset = 0;
        for (Logged record : log) {
            owner.read(offset++, record.key(), record.value(), A.T0);
        }
    }

    private void step() {
        owner.step(new Inputs(view, 0), now).forEach(this::append);
    }

    private record Logged(String key, @org.jspecify.annotations.Nullable ConfigRecord value) {}

    private final List<Logged> log = new ArrayList<>();

    private void append(ConfigRecord value) {
        append(new Write.Put(value));
    }

    private void append(Write write) {
        topic.add(write);
        ConfigRecord value = write instanceof Write.Put(ConfigRecord put) ? put : null;
        long offset = log.size();
        log.add(new Logged(write.key(), value));
        applier.read(offset, write.key(), value);
        owner.read(offset, write.key(), value, now);
    }

    private List<String> keys() {
        return topic.stream().map(Write::key).toList();
    }

    private ConfigRecord value(int index) {
        return value(topic.get(index));
    }

    private static ConfigRecord value(Write write) {
        return ((Write.Put) write).value();
    }

    private Manifest lastManifest() {
        return (Manifest) value(topic.size() - 1);
    }
}
