package io.distri.benchmarks.node;

import io.distri.node.service.CloudService;
import io.distri.node.service.ServiceRequest;
import io.distri.node.service.ServiceResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/**
 * A node with three services more. One takes an image as Encrypt does and returns a picture that
 * was ready before: what Encrypt costs beyond that and the sealing, the node adds. Another echoes,
 * the third tells the heap.
 */
@SpringBootConfiguration
@EnableAutoConfiguration
public class MeasuredNode {

  static final String READY_PICTURE = "ReadyPicture";

  static final String ECHO = "Echo";

  /** Answers with the bytes of heap in use after a collection. */
  static final String HEAP = "Heap";

  /** The property that names the picture's file. */
  static final String PICTURE = "benchmark.picture";

  public static void main(String[] arguments) {
    SpringApplication.run(MeasuredNode.class, arguments);
  }

  @Bean
  CloudService echo() {
    return CloudService.of(ECHO, bytes -> bytes);
  }

  @Bean
  CloudService heap() {
    return CloudService.of(
        HEAP, nothing -> Long.toString(DbMemoryReport.heap()).getBytes(StandardCharsets.US_ASCII));
  }

  @Bean
  CloudService readyPicture(Environment environment) throws IOException {
    String file = environment.getProperty(PICTURE, "");
    byte[] picture = file.isEmpty() ? new byte[0] : Files.readAllBytes(Path.of(file));
    return new CloudService() {
      @Override
      public String name() {
        return READY_PICTURE;
      }

      @Override
      public ServiceResponse serve(ServiceRequest request) throws IOException {
        request.bytes();
        return ServiceResponse.of("image/png", picture);
      }
    };
  }
}
