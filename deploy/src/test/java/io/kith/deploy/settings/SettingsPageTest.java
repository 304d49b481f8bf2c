package io.kith.deploy.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class SettingsPageTest {
  @Test
  void thePageInTheRepositoryIsTheOneThatIsGenerated() throws IOException {
    assertThat(Files.readString(Path.of("..", "docs", "configuration.md")))
        .as("docs/configuration.md is stale; type: " + SettingsPage.COMMAND)
        .isEqualTo(SettingsPage.markdown());
  }

  @Test
  void everySettingStandsOnThePageWithItsDefaultAndEffect() {
    assertThat(SettingsPage.markdown())
        .contains(
            "| `window` | DURATION | `1 s` | `KITH_WINDOW` | Length W of an event-time window")
        .contains("| `self-loops` | dead-letter or drop | `dead-letter` |")
        .contains("| `bootstrap-servers` | TEXT |  | `KITH_BOOTSTRAP_SERVERS` |");
  }
}
