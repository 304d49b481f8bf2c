package io.kith.deploy.settings;

import java.util.List;
import java.util.stream.Collectors;

/** The settings cannot be used. Holds every fault found, not only the first. */
public final class SettingsException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient List<Fault> faults;

  public SettingsException(List<Fault> faults) {
    super(
        faults.stream()
            .map(fault -> "  - " + fault)
            .collect(
                Collectors.joining(
                    "\n",
                    faults.size() == 1
                        ? "1 fault in the settings, nothing was started:\n"
                        : faults.size() + " faults in the settings, nothing was started:\n",
                    "")));
    this.faults = List.copyOf(faults);
  }

  public List<Fault> faults() {
    return faults;
  }
}
