package io.logcaster.notice.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.time.Instant;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class ChartTest {

  @Test
  void chart_isASmallPngWithLineAndThreshold() throws Exception {
    byte[] png = Chart.of(Notices.firing("n1"));

    assertThat(png).isNotNull().hasSizeLessThan(12_000);
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(png));
    assertThat(image.getWidth()).isEqualTo(480);
    assertThat(image.getHeight()).isEqualTo(140);
    int red = 0;
    for (int x = 64; x < 468; x++) {
      for (int y = 12; y < 118; y++) {
        red += (image.getRGB(x, y) & 0xffffff) == 0xC62828 ? 1 : 0;
      }
    }
    assertThat(red).isGreaterThan(300);
  }

  @Test
  void chart_ofUnknownOrEqualValues_isDrawnToo() {
    for (double value : new double[] {0, -5, Double.NaN, 1e300}) {
      List<NoticeAlert.Point> points =
          List.of(
              new NoticeAlert.Point(Instant.EPOCH, value),
              new NoticeAlert.Point(Instant.EPOCH, value));
      NoticeAlert alert = Notices.alert(true);
      NoticeAlert strange =
          new NoticeAlert(
              "r",
              "n",
              "info",
              alert.labels(),
              true,
              1,
              null,
              "",
              "",
              Instant.EPOCH,
              null,
              List.of(),
              "",
              1,
              "",
              points);
      assertThat(Chart.of(Notices.notice("n", Notice.Status.FIRING, List.of(strange)))).isNotNull();
    }
  }

  @Test
  void chart_ofNothing_isNone() {
    assertThat(Chart.of(Notices.info())).isNull();
  }
}
