package io.distri.protocol.image;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Timeout;

class OpenFuzzTest {

  private static final List<AgeIdentity> IDENTITIES = List.of(FuzzSeeds.identity());

  @FuzzTest(maxDuration = "4s")
  @Timeout(20)
  void a_strangers_picture_is_opened_or_refused(byte[] png) throws IOException {
    ByteArrayOutputStream image = new ByteArrayOutputStream();
    try {
      SealedImage.open(new ByteArrayInputStream(png), IDENTITIES, image, png.length);
    } catch (NotOpenedException refused) {
      return;
    }
    if (image.size() >= png.length) {
      throw new AssertionError("an image larger than the picture that carried it");
    }
  }
}
