package io.kith.streams;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class KeptWindowsTest {
  @Test
  void keepsTheNewestWindowsAndNeverTakesBackOneThatWent() {
    KeptWindows windows = new KeptWindows(2);

    assertThat(windows.keep(100)).isEmpty();
    assertThat(windows.keep(300)).isEmpty();
    assertThat(windows.keep(100)).isEmpty();
    assertThat(windows.keep(200)).hasValue(100);

    assertThat(windows.isGone(100)).isTrue();
    assertThat(windows.isGone(150)).isTrue();
    assertThat(windows.isGone(200)).isFalse();
    assertThat(windows.isGone(250)).isFalse();
    assertThat(windows.isGone(400)).isFalse();
  }

  @Test
  void takesAnyWindowWhileThereIsRoom() {
    KeptWindows windows = new KeptWindows(2);
    windows.keep(300);

    assertThat(windows.isGone(-500)).isFalse();
    assertThat(windows.keep(-500)).isEmpty();
  }
}
