package io.kith.deploy.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A kubectl that is too old is told from a manifest that is broken. */
class KubectlTest {
  @Test
  void debian12HasOneThatIsTooOld() {
    assertThat(Kubectl.tooOld("v1.20.2"))
        .contains(
            "kubectl is too old, put a newer one first on the path"
                + " (https://kubernetes.io/docs/tasks/tools): needed=v1.27, found=v1.20.2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"v1.27.0", "v1.32.4-dispatcher", "v2.0.0", ""})
  void ofOthersWhatTheySayCounts(String version) {
    assertThat(Kubectl.tooOld(version)).isEmpty();
  }
}
