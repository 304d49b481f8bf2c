package io.kith.deploy.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.kith.operators.KithOptions.Delivery;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class LedgerTest {
  private static final String A = "{\"source\":\"a\",\"score\":0.5,\"window\":7}";
  private static final String B = "{\"source\":\"a\",\"score\":0.25,\"window\":8}";

  private final Ledger ledger = new Ledger();

  @Test
  void whatCameAsUndisturbedIsExactWithEitherDelivery() {
    expect("a", A);
    expect("a", B);
    assertThat(ledger.missing()).isEqualTo(2);

    found("a", B);
    found("a", A);

    assertThat(ledger.arrived()).isEqualTo(2);
    assertThat(Verdict.of(ledger, Delivery.EXACTLY_ONCE).exact()).isTrue();
    assertThat(Verdict.of(ledger, Delivery.AT_LEAST_ONCE).lines())
        .containsExactly(
            "Verdict: exact. Every record is there, and every repeat has its bytes."
                + " expected=2, missing=0, different=0, repeats=0");
  }

  @Test
  void aRepeatIsAllowedAtLeastOnceButNotExactlyOnce() {
    expect("a", A);
    found("a", A);
    found("a", A);

    assertThat(ledger.repeats()).isEqualTo(1);
    assertThat(Verdict.of(ledger, Delivery.AT_LEAST_ONCE).exact()).isTrue();
    assertThat(Verdict.of(ledger, Delivery.EXACTLY_ONCE).exact()).isFalse();
    assertThat(Verdict.of(ledger, Delivery.EXACTLY_ONCE).lines())
        .containsExactly("Verdict: THE KILLS SHOW. expected=1, missing=0, different=0, repeats=1");
  }

  @Test
  void whatTheUndisturbedRunSaysTwiceMustComeTwice() {
    expect("a", A);
    expect("a", A);
    found("a", A);
    assertThat(ledger.missing()).isEqualTo(1);
    assertThat(Verdict.of(ledger, Delivery.AT_LEAST_ONCE).exact()).isFalse();

    found("a", A);
    assertThat(ledger.repeats()).isZero();
    assertThat(Verdict.of(ledger, Delivery.EXACTLY_ONCE).exact()).isTrue();
  }

  @Test
  void otherBytesForAKeyAndWindowAreShownBesideTheUndisturbedOnes() {
    expect("a", A);
    expect("a", B);
    expect("a", A.replace("0.5", "1.5"));
    found("a", A.replace("0.5", "0.75"));

    assertThat(ledger.different()).isEqualTo(1);
    assertThat(ledger.differences())
        .containsExactly(
            "topic=t, key=a, window=7: found={\"source\":\"a\",\"score\":0.75,\"window\":7},"
                + " undisturbed={\"source\":\"a\",\"score\":0.5,\"window\":7}");
    assertThat(Verdict.of(ledger, Delivery.AT_LEAST_ONCE).exact()).isFalse();
  }

  @Test
  void aRecordUnderAnotherKeyOrOnAnotherTopicIsNone() {
    expect("a", A);
    found("b", A);
    ledger.found("u", bytes("a"), bytes(A));

    assertThat(ledger.different()).isEqualTo(2);
    assertThat(ledger.differences())
        .first()
        .asString()
        .startsWith("topic=t, key=b, window=7: ")
        .endsWith("undisturbed=nothing");
  }

  private void expect(String key, String value) {
    ledger.expect("t", bytes(key), bytes(value));
  }

  private void found(String key, String value) {
    ledger.found("t", bytes(key), bytes(value));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
