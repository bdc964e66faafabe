package io.distri.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.distri.cli.local.FreePorts;
import io.distri.cli.local.LocalCluster;
import io.distri.cli.local.SampleImage;
import java.io.File;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's example is what a reader makes of it: compiled, and run against real nodes. */
@Tag("processes")
class ReadmeTest {
  private static final Pattern EXAMPLE =
      Pattern.compile("```java\\n(.*?class GalleryApplication.*?)```", Pattern.DOTALL);

  @TempDir Path directory;

  @Test
  void the_example_of_the_starter_compiles_and_runs() throws Exception {
    Path source = directory.resolve("GalleryApplication.java");
    Files.writeString(source, example());
    compile(source);
    Path photo = Files.write(directory.resolve("photo.jpg"), SampleImage.bytes());
    try (LocalCluster cluster = LocalCluster.startForNow(FreePorts.anywhere(1))) {
      String nodes =
          cluster.addresses().stream()
              .map(address -> "http://" + address)
              .collect(Collectors.joining(","));
      String output =
          run(
              "-cp",
              directory + File.pathSeparator + classPathOfAUser(),
              "com.example.gallery.GalleryApplication",
              photo.toString(),
              "--distri.client.nodes=" + nodes,
              "--spring.main.web-application-type=none");
      assertThat(output).contains("\"name\":\"photo.jpg\"", "\"UUID\":");
      assertThat(Files.readAllBytes(directory.resolve("photo.jpg.sealed.png")))
          .startsWith(0x89, 'P', 'N', 'G');
    }
  }

  private static String example() throws Exception {
    Path readme = Path.of("README.md");
    String text = Files.readString(Files.exists(readme) ? readme : Path.of("..").resolve(readme));
    Matcher block = EXAMPLE.matcher(text);
    assertThat(block.find()).isTrue();
    return block.group(1);
  }

  private static void compile(Path source) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter complaints = new StringWriter();
    boolean compiled =
        compiler
            .getTask(
                complaints,
                null,
                null,
                List.of(
                    "-cp", classPathOfAUser(), "-proc:none", "-d", source.getParent().toString()),
                null,
                compiler.getStandardFileManager(null, null, null).getJavaFileObjects(source))
            .call();
    assertThat(compiled).as(complaints.toString()).isTrue();
  }

  /** What a service has that uses the starter: no node in it. */
  private static String classPathOfAUser() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> !entry.contains("cloud-node-service"))
        .collect(Collectors.joining(File.pathSeparator));
  }

  private String run(String... arguments) throws Exception {
    Path output = directory.resolve("output.txt");
    List<String> command =
        new ArrayList<>(
            List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(output)).isZero();
    return Files.readString(output);
  }
}
