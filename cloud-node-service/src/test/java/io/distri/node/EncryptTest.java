package io.distri.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.distri.protocol.image.AgeIdentity;
import io.distri.protocol.image.SealedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

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

  @Test
  void the_bare_age_file_is_there_for_who_asks() throws Exception {
    HttpResponse<byte[]> bare =
        node.call("Encrypt", image(1000), "Accept", "application/octet-stream");
    assertThat(new String(bare.body(), 0, 21, StandardCharsets.US_ASCII))
        .isEqualTo("age-encryption.org/v1");
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
