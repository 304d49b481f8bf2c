package io.kith.state;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import net.openhft.chronicle.hash.VanillaGlobalMutableState;
import net.openhft.chronicle.values.Values;
import net.openhft.compiler.CompilerUtils;

/**
 * A step of the build: compiles the one class that Chronicle Map else compiles when a process opens
 * its first store, which is most of the time that takes. Chronicle looks for the class by name
 * before it compiles it, so a class path without it works too, slower.
 */
final class CompileAhead {
  /** The oldest Java that runs this; a class compiled by a newer one might not load there. */
  private static final int OLDEST = 17;

  private CompileAhead() {}

  /**
   * Does nothing where it has been done with the same jars.
   *
   * @param args the directory of this module's classes, which must stand on the class path, and a
   *     file to note the jars in
   */
  public static void main(String[] args) throws IOException {
    Class<?> type = VanillaGlobalMutableState.class;
    Path file = Path.of(args[0], type.getName().replace('.', '/') + "$$Native.class");
    Path note = Path.of(args[1]);
    String jars = jarOf(type) + "\n" + jarOf(Values.class) + "\n";
    if (Files.exists(file) && Files.exists(note) && Files.readString(note).equals(jars)) {
      return;
    }
    Files.deleteIfExists(file); // or it would be loaded, not compiled
    if (Runtime.version().feature() <= OLDEST) {
      Files.createDirectories(file.getParent());
      Files.write(file, compile(type));
      Files.writeString(note, jars);
    }
  }

  private static String jarOf(Class<?> type) {
    return type.getProtectionDomain().getCodeSource().getLocation().toString();
  }

  private static byte[] compile(Class<?> type) {
    Class<?> compiled = Values.nativeClassFor(type);
    Map<String, byte[]> classes = new HashMap<>();
    CompilerUtils.CACHED_COMPILER.updateFileManagerForClassLoader(
        type.getClassLoader(), files -> classes.putAll(files.getAllBuffers()));
    byte[] bytes = classes.get(compiled.getName());
    if (bytes == null) {
      throw new IllegalStateException(
          "class not compiled: expected=" + compiled.getName() + ", compiled=" + classes.keySet());
    }
    return bytes;
  }
}
