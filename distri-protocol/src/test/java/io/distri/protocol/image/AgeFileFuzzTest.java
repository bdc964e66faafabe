package io.distri.protocol.image;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Timeout;

class AgeFileFuzzTest {

  private static final List<AgeIdentity> IDENTITIES = List.of(FuzzSeeds.identity());

  @FuzzTest(maxDuration = "4s")
  @Timeout(20)
  void a_strangers_age_file_is_opened_or_refused(byte[] age) throws IOException {
    ByteArrayOutputStream image = new ByteArrayOutputStream();
    try {
      SealedImage.openBare(new ByteArrayInputStream(age), IDENTITIES, image);
    } catch (NotOpenedException refused) {
      return;
    }
    if (image.size() >= age.length) {
      throw new AssertionError("an image larger than the file that carried it");
    }
  }
}
