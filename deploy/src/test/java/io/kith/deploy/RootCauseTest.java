package io.kith.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.Test;

class RootCauseTest {
  @Test
  void whatWasMadeForPeopleStandsAlone() {
    Throwable cause = new IllegalStateException("inner");

    assertThat(RootCause.of(new CommandException("topic is missing: topic=a", cause)))
        .isEqualTo("topic is missing: topic=a");
    assertThat(RootCause.of(new UncheckedIOException(new IOException("no such file: file=x"))))
        .isEqualTo("no such file: file=x");
    assertThat(RootCause.of(new IllegalStateException(new IllegalArgumentException("n=1"))))
        .isEqualTo("n=1");
  }

  @Test
  void anythingElseIsNamedByItsClass() {
    assertThat(RootCause.of(new RuntimeException(new NumberFormatException("For input: 6h"))))
        .isEqualTo("For input: 6h (NumberFormatException)");
    assertThat(RootCause.of(new NullPointerException()))
        .isEqualTo("java.lang.NullPointerException");
  }
}
