package io.distri.benchmarks.node;

import io.distri.node.CloudNodeAutoConfiguration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/**
 * A plain Spring MVC application, on the path of Encrypt: its controller reads the image and
 * returns a picture that was ready before. It has the server settings of a node.
 */
@SpringBootConfiguration
@EnableAutoConfiguration(exclude = CloudNodeAutoConfiguration.class)
public class PlainServer {

  public static void main(String[] arguments) {
    SpringApplication.run(PlainServer.class, arguments);
  }

  @Bean
  Answers answers(Environment environment) throws IOException {
    return new Answers(
        Files.readAllBytes(Path.of(environment.getRequiredProperty(MeasuredNode.PICTURE))));
  }

  /** Has the one handler. */
  @RestController
  static final class Answers {
    private final byte[] picture;

    Answers(byte[] picture) {
      this.picture = picture;
    }

    @PostMapping(path = "/services/Encrypt", produces = MediaType.IMAGE_PNG_VALUE)
    byte[] answer(@RequestBody byte[] image) {
      if (image.length == 0) {
        throw new IllegalArgumentException("no image");
      }
      return picture;
    }
  }
}
