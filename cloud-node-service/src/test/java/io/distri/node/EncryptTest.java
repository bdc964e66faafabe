package io.distri.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.distri.protocol.image.AgeIdentity;
import io.distri.protocol.image.SealedImage;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.web.client.RestTemplate;

/** What Encrypt seals, the holder of the key opens, byte for byte, and nobody else. */
class EncryptTest {
  private static final AgeIdentity READER = AgeIdentity.generate();
  private static TestNode node;

  @BeforeAll
  static void start() {
    node = TestNode.alone("distri.node.encrypt.recipients=" + READER.recipient());
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  @Test
  void the_picture_is_a_png_that_opens_to_the_same_bytes() throws Exception {
    byte[] image = image(80_000);
    HttpResponse<byte[]> sealed = node.call("Encrypt", image);
    assertThat(sealed.statusCode()).isEqualTo(200);
    assertThat(sealed.headers().firstValue("Content-Type")).hasValue("image/png");
    assertThat(sealed.headers().firstValueAsLong("Content-Length")).hasValue(sealed.body().length);
    assertThat(sealed.body()).startsWith(0x89, 'P', 'N', 'G');
    assertThat(open(sealed.body(), READER)).isEqualTo(image);
  }

  @Test
  void every_call_seals_anew() throws Exception {
    byte[] image = image(1000);
    assertThat(node.call("Encrypt", image).body()).isNotEqualTo(node.call("Encrypt", image).body());
  }

  @Test
  void named_recipients_open_it_and_the_nodes_own_does_not() throws Exception {
    AgeIdentity alice = AgeIdentity.generate();
    AgeIdentity bob = AgeIdentity.generate();
    byte[] image = image(5000);
    byte[] sealed =
        node.call("Encrypt?param=" + alice.recipient() + "&param=" + bob.recipient(), image).body();
    assertThat(open(sealed, alice)).isEqualTo(image);
    assertThat(open(sealed, bob)).isEqualTo(image);
    assertThatThrownBy(() -> open(sealed, READER))
        .hasMessageContaining("not a sealed image, or not for this key");
  }

  /** As Spring's client for bytes asks: both forms are as good to it. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''                                               | PNG
          */*                                              | PNG
          image/*                                          | PNG
          image/png                                        | PNG
          application/octet-stream, */*                    | PNG
          application/octet-stream;q=0.5, image/png;q=0.6  | PNG
          application/octet-stream;q=0, */*                | PNG
          application/*;q=0.9, */*                         | PNG
          text/html                                        | PNG
          image/png;q=0, application/octet-stream;q=0      | PNG
          application/octet-stream                         | age
          Application/Octet-Stream;q=0.001                 | age
          application/octet-stream, */*;q=0.1              | age
          application/*, image/*;q=0.9                     | age
          image/png;q=0, */*                               | age
          */*;q=0.1, application/octet-stream;q=0.2        | age
          application/octet-stream, text/html              | age
          """)
  void the_caller_has_the_form_that_it_prefers(String accept, String form) throws Exception {
    HttpResponse<byte[]> sealed =
        accept.isEmpty()
            ? node.call("Encrypt", image(1000))
            : node.call("Encrypt", image(1000), "Accept", accept);
    assertThat(new String(sealed.body(), 0, 4, StandardCharsets.ISO_8859_1)).contains(form);
    assertThat(sealed.headers().firstValue("Content-Type"))
        .hasValue(form.equals("PNG") ? "image/png" : "application/octet-stream");
    assertThat(sealed.headers().firstValueAsLong("Content-Length")).hasValue(sealed.body().length);
  }

  @Test
  void springs_client_has_the_picture() {
    URI encrypt = URI.create("http://" + node.address() + "/services/Encrypt");
    assertThat(new RestTemplate().postForObject(encrypt, image(1000), byte[].class))
        .startsWith(0x89, 'P', 'N', 'G');
  }

  @Test
  void a_large_image_is_sealed_whatever_way_its_length_is_told() throws Exception {
    byte[] image = image(9_000_000);
    assertThat(open(node.call("Encrypt", image).body(), READER)).isEqualTo(image);
    HttpRequest.BodyPublisher chunked =
        HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(image));
    byte[] sealed = node.send(node.request("/services/Encrypt").POST(chunked)).body();
    assertThat(open(sealed, READER)).isEqualTo(image);
  }

  @Test
  void the_operators_cover_is_what_the_picture_shows(@TempDir Path directory) throws Exception {
    Path cover = directory.resolve("cover.png");
    BufferedImage orange = new BufferedImage(300, 200, BufferedImage.TYPE_INT_RGB);
    for (int x = 0; x < 300; x++) {
      for (int y = 0; y < 200; y++) {
        orange.setRGB(x, y, 0xFF8800);
      }
    }
    ImageIO.write(orange, "png", cover.toFile());
    try (TestNode own =
        TestNode.alone(
            "distri.node.encrypt.recipients=" + READER.recipient(),
            "distri.node.encrypt.cover=" + cover)) {
      byte[] image = image(20_000);
      byte[] sealed = own.call("Encrypt", image).body();
      BufferedImage shown = ImageIO.read(new ByteArrayInputStream(sealed));
      // A reader that makes 8 bits of 16 may round to a neighbour.
      Color middle = new Color(shown.getRGB(shown.getWidth() / 2, shown.getHeight() / 2));
      assertThat(middle.getRed()).isCloseTo(0xFF, within(1));
      assertThat(middle.getGreen()).isCloseTo(0x88, within(1));
      assertThat(middle.getBlue()).isCloseTo(0, within(1));
      assertThat(open(sealed, READER)).isEqualTo(image);
    }
  }

  private static byte[] open(byte[] png, AgeIdentity identity) throws Exception {
    ByteArrayOutputStream image = new ByteArrayOutputStream();
    SealedImage.open(new ByteArrayInputStream(png), List.of(identity), image, png.length);
    return image.toByteArray();
  }

  /** Bytes that begin as a JPEG does. */
  static byte[] image(int length) {
    byte[] image = new byte[length];
    new Random(length).nextBytes(image);
    byte[] magic = {(byte) 0xff, (byte) 0xd8, (byte) 0xff, (byte) 0xe0};
    System.arraycopy(magic, 0, image, 0, magic.length);
    return image;
  }
}
