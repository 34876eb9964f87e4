package io.signalbox.bench.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The simulation is no decoration: it finds out when any rule of the protocol is missing. */
@Execution(ExecutionMode.CONCURRENT)
class GuardsTest {

    static Stream<Guard> guards() {
        return Guards.all();
    }

    @ParameterizedTest
    @MethodSource("guards")
    void shouldFindThatARuleIsMissing(Guard guard) throws Exception {
        Object search =
                FaultyCores.without(guard)
                        .loadClass(FirstFailure.class.getName())
                        .getConstructor(long.class)
                        .newInstance(guard.from());

        Object failure = ((Callable<?>) search).call();

        assertThat(failure).as("%s", guard).isNotEqualTo("");
    }
}
