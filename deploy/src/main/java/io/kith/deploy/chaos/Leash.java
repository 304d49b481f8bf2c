package io.kith.deploy.chaos;

import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Arrays;

/**
 * Runs the main class that its first argument names, and ends this process when standard input
 * ends: the pipe to the process that started it closes however that one dies.
 */
final class Leash {
  private static final int LET_GO = 3;

  private Leash() {}

  public static void main(String[] arguments) throws Throwable {
    Thread holder = new Thread(Leash::hold, "kith-leash");
    holder.setDaemon(true);
    holder.start();
    MethodHandle main =
        MethodHandles.publicLookup()
            .findStatic(
                Class.forName(arguments[0]),
                "main",
                MethodType.methodType(void.class, String[].class));
    main.invokeExact(Arrays.copyOfRange(arguments, 1, arguments.length));
  }

  @SuppressWarnings("SystemExitOutsideMain") // nothing in here is worth an orderly end
  private static void hold() {
    try {
      while (System.in.read() >= 0) {
        // Nothing is said on it.
      }
    } catch (IOException e) {
      System.err.println("The pipe to the parent broke: " + e);
    }
    Runtime.getRuntime().halt(LET_GO);
  }
}
