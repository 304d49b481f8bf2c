package io.kith.operators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.OptionalLong;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

class HeldForgetsTest {
  @Test
  void areGivenUpByWindowEachOnceAndSorted() {
    HeldForgets held = new HeldForgets(1);
    held.add(said(7, "c"));
    held.add(said(5, "b"));
    held.add(said(5, "a"));
    held.add(said(5, "b"));

    assertThat(held.size()).isEqualTo(3);
    assertThat(held.anyThrough(4)).isFalse();
    assertThat(held.anyThrough(5)).isTrue();
    assertThat(held.firstWindow()).isEqualTo(5);
    assertThat(held.takeFirst()).containsExactly("a", "b");
    assertThat(held.takeFirst()).containsExactly("c");
    assertThat(held.isEmpty()).isTrue();
  }

  @Test
  void readFromSeveralKeyGroupsTheyAreTheSame() throws IOException {
    HeldForgets held = new HeldForgets(1);
    held.add(said(Long.MIN_VALUE, "\u00e9\ud83d\ude00"));
    held.add(said(9, "b"));
    DataOutputSerializer out = new DataOutputSerializer(64);
    held.write(out);
    held.write(out);

    HeldForgets read = new HeldForgets(1);
    DataInputDeserializer in = new DataInputDeserializer(out.getCopyOfBuffer());
    read.read(in);
    read.read(in);

    assertThat(in.available()).isZero();
    assertThat(read.size()).isEqualTo(2);
    assertThat(read.takeFirst()).containsExactly("\u00e9\ud83d\ude00");
    assertThat(read.firstWindow()).isEqualTo(9);
  }

  @Test
  void theLastWindowThatAnyGateSaysHoldsOnceAllHaveSpoken() {
    HeldForgets held = new HeldForgets(3);
    held.add(said(5, "a"));
    held.add(said(9, "a"));
    assertThat(held.isEmpty()).isTrue();
    assertThatThrownBy(held::checkDecided)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("requests undecided at a barrier: gates=3, requests=[")
        .hasMessageContaining("node=a");

    held.add(said(7, "a"));

    held.checkDecided();
    assertThat(held.firstWindow()).isEqualTo(9);
  }

  private static Forget said(long window, String node) {
    return new Forget(window, 0, new ForgetRequest(0, 1, node, OptionalLong.empty()));
  }
}
