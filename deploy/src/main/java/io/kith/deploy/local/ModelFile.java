package io.kith.deploy.local;

import io.kith.deploy.settings.Settings;
import io.kith.operators.KithOptions;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The bytes of a weights file: the one that the settings name, or the one that comes with Kith. */
public final class ModelFile {
  /** Trained on the first 70 % of the demo's stream; README.md beside it has the command. */
  private static final String BUNDLED = "/io/kith/deploy/collegemsg.safetensors";

  private ModelFile() {}

  /** Reads the file whole; the job checks it. */
  public static byte[] read(Settings settings) throws IOException {
    Optional<String> named = settings.flink().getOptional(KithOptions.MODEL);
    return named.isPresent() ? Files.readAllBytes(Path.of(named.get())) : bundled();
  }

  /** The model that comes with Kith. */
  public static byte[] bundled() throws IOException {
    try (InputStream in = ModelFile.class.getResourceAsStream(BUNDLED)) {
      if (in == null) {
        throw new FileNotFoundException(
            "no model comes with this build; name one with --model: resource=" + BUNDLED);
      }
      return in.readAllBytes();
    }
  }
}
