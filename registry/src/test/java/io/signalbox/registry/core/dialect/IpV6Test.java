package io.signalbox.registry.core.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpV6Test {

    @ParameterizedTest
    @CsvSource({
        "::1,::1",
        "::,::",
        "fe80::,fe80::",
        "2001:0db8:0:0:0:0:0:1,2001:db8::1",
        "2001:db8:0:1:1:1:1:1,2001:db8:0:1:1:1:1:1",
        "1:0:0:2:0:0:0:3,1:0:0:2::3",
        "1:2:3:4:5:6:7:8,1:2:3:4:5:6:7:8"
    })
    void shouldWriteTheShortestForm(String written, String shortest) {
        assertThat(IpV6.canonical(written)).isEqualTo(shortest);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", ":", ":::", "1::2::3", "1:2:3", "12345::", "g::", "1:2:3:4:5:6:7:8:9"})
    void shouldRefuseWhatIsNoAddress(String written) {
        assertThat(IpV6.canonical(written)).isNull();
    }
}
