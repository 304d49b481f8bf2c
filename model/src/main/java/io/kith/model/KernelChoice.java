package io.kith.model;

/**
 * Which kernels a JVM uses: those in vectors where it was started with {@code --add-modules
 * jdk.incubator.vector}, else the scalar ones; or what the system property {@code kith.kernels}
 * says. Made once, when first asked for.
 *
 * @param reason for a log
 */
record KernelChoice(Kernels kernels, String reason) {
  static final String PROPERTY = "kith.kernels";
  private static final String MODULE = "jdk.incubator.vector";
  private static final String WITH_MODULE = "--add-modules " + MODULE;

  static final KernelChoice MADE =
      of(System.getProperty(PROPERTY, "auto"), ModuleLayer.boot().findModule(MODULE).isPresent());

  /**
   * @param wanted auto, vector or scalar
   * @param module whether the JVM has the Vector API
   * @throws IllegalArgumentException if it is none of these, or cannot be had
   */
  static KernelChoice of(String wanted, boolean module) {
    return switch (wanted) {
      case "auto" ->
          module
              ? new KernelChoice(vector(), "vector kernels")
              : new KernelChoice(
                  new ScalarKernels(),
                  "scalar kernels: the same results, but slower; for vector kernels start the JVM with "
                      + WITH_MODULE);
      case "vector" -> {
        if (!module) {
          throw new IllegalArgumentException(
              "no Vector API: start the JVM with %s; %s=vector".formatted(WITH_MODULE, PROPERTY));
        }
        yield new KernelChoice(vector(), "vector kernels, as set: " + PROPERTY + "=vector");
      }
      case "scalar" ->
          new KernelChoice(new ScalarKernels(), "scalar kernels, as set: " + PROPERTY + "=scalar");
      default ->
          throw new IllegalArgumentException(
              "no such kernels: use auto, vector or scalar; %s=%s".formatted(PROPERTY, wanted));
    };
  }

  /** By name, for the class cannot be linked without the module. */
  private static Kernels vector() {
    try {
      return Class.forName("io.kith.model.VectorKernels")
          .asSubclass(Kernels.class)
          .getDeclaredConstructor()
          .newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("vector kernels do not load: module=" + MODULE, e);
    }
  }
}
