package io.distri.node.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** How images run Java. */
class JavaOptionsTest {

  /**
   * Reflection by native code keeps a virtual thread on its carrier: two change feeds, which wait
   * in a controller that Spring MVC calls by reflection, would have stopped a node of two
   * processors.
   */
  @Test
  void controllers_are_not_called_by_native_code() throws IOException {
    assertThat(Files.readString(Path.of("java.options"))).doesNotContain("useNativeAccessorOnly");
  }
}
