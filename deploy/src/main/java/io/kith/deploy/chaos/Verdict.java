package io.kith.deploy.chaos;

import io.kith.operators.KithOptions.Delivery;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether the kills show in the outputs.
 *
 * @param exact they do not
 * @param lines for people
 */
record Verdict(boolean exact, List<String> lines) {
  Verdict {
    lines = List.copyOf(lines);
  }

  /** Repeats are allowed at least once, but not exactly once. */
  static Verdict of(Ledger ledger, Delivery delivery) {
    boolean repeatsAllowed = delivery == Delivery.AT_LEAST_ONCE;
    boolean exact =
        ledger.different() == 0
            && ledger.missing() == 0
            && (repeatsAllowed || ledger.repeats() == 0);
    List<String> lines = new ArrayList<>();
    String numbers =
        "expected=%d, missing=%d, different=%d, repeats=%d"
            .formatted(ledger.expected(), ledger.missing(), ledger.different(), ledger.repeats());
    if (!exact) {
      lines.add("Verdict: THE KILLS SHOW. " + numbers);
      lines.addAll(ledger.differences());
    } else if (repeatsAllowed) {
      lines.add(
          "Verdict: exact. Every record is there, and every repeat has its bytes. " + numbers);
    } else {
      lines.add("Verdict: exact. Every record is there once, with its bytes. " + numbers);
    }
    return new Verdict(exact, lines);
  }
}
