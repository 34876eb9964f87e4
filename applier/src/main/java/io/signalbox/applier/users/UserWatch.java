package io.signalbox.applier.users;

import io.signalbox.schemas.ConfigRecord.Note;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** Looks at the lists of users again and again, and says what changed. One thread. */
public final class UserWatch {
    private static final Duration PAUSE = Duration.ofMillis(200);

    private final UserLists lists;
    private final Consumer<String> changed;
    private final Runnable noted;
    private List<Note> notes;

    /**
     * Watches nothing yet.
     *
     * @param changed told of a list that takes effect by a reload
     * @param noted told that there is something else to say
     */
    public UserWatch(UserLists lists, Consumer<String> changed, Runnable noted) {
        this.lists = lists;
        this.changed = changed;
        this.noted = noted;
        this.notes = lists.notes();
    }

    /** Watches until the thread is interrupted. */
    public void run() throws InterruptedException {
        while (true) {
            Thread.sleep(PAUSE);
            lists.look().ifPresent(name -> changed.accept(name.value()));
            List<Note> now = lists.notes();
            if (!now.equals(notes)) {
                notes = now;
                noted.run();
            }
        }
    }
}
