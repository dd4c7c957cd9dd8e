package io.logcaster.notice.channel;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Draws an alert's value and its threshold as a small PNG. Java's graphics are loaded with the
 * first chart, not at the start of the server, and need no display.
 */
final class Chart {

  private static final Logger LOG = LoggerFactory.getLogger(Chart.class);

  private static final int WIDTH = 480;
  private static final int HEIGHT = 140;
  private static final int LEFT = 64;
  private static final int RIGHT = 12;
  private static final int TOP = 12;
  private static final int BOTTOM = 22;

  private Chart() {}

  /** The chart of a notice; null if it has none, or graphics are not available. */
  static byte @Nullable [] of(Notice notice) {
    if (notice.alerts().isEmpty() || notice.first().chart().size() < 2) {
      return null;
    }
    try {
      // A desktop's display is never needed, and a server may have none.
      System.setProperty("java.awt.headless", "true");
      return png(notice.first(), new Color(NoticeText.colour(notice)));
    } catch (IOException | RuntimeException | LinkageError ex) {
      // Some runtimes lack fonts or the native library; a notice without a chart says enough.
      LOG.warn("The chart of a notice could not be drawn: {}", ex.toString());
      return null;
    }
  }

  private static byte[] png(NoticeAlert alert, Color colour) throws IOException {
    List<NoticeAlert.Point> points = alert.chart();
    double top = alert.threshold() == null ? 0 : Math.max(0, alert.threshold());
    double low = alert.threshold() == null ? 0 : Math.min(0, alert.threshold());
    for (NoticeAlert.Point point : points) {
      top = Double.isFinite(point.value()) ? Math.max(top, point.value()) : top;
      low = Double.isFinite(point.value()) ? Math.min(low, point.value()) : low;
    }
    double high = top > low ? top + (top - low) * 0.05 : low + 1;
    BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = image.createGraphics();
    try {
      g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
      g.setColor(Color.WHITE);
      g.fillRect(0, 0, WIDTH, HEIGHT);
      axes(g, points, low, high);
      if (alert.threshold() != null) {
        threshold(g, y(alert.threshold(), low, high));
      }
      line(g, points, low, high, colour);
    } finally {
      g.dispose();
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.setUseCache(false);
    ImageIO.write(image, "png", bytes);
    return bytes.toByteArray();
  }

  private static void axes(Graphics2D g, List<NoticeAlert.Point> points, double low, double high) {
    g.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 11));
    g.setColor(new Color(0xDDDDDD));
    g.drawLine(LEFT, TOP, WIDTH - RIGHT, TOP);
    g.setColor(new Color(0x999999));
    g.drawLine(LEFT, HEIGHT - BOTTOM, WIDTH - RIGHT, HEIGHT - BOTTOM);
    g.setColor(new Color(0x444444));
    label(g, NoticeText.number(high), TOP + 4);
    label(g, NoticeText.number(low), HEIGHT - BOTTOM + 4);
    String start = clock(points.getFirst());
    String end = clock(points.getLast());
    g.drawString(start, LEFT, HEIGHT - 6);
    g.drawString(end, WIDTH - RIGHT - g.getFontMetrics().stringWidth(end), HEIGHT - 6);
  }

  private static String clock(NoticeAlert.Point point) {
    return NoticeText.time(point.time()).substring(5, 16);
  }

  private static void label(Graphics2D g, String text, int y) {
    g.drawString(text, LEFT - 6 - g.getFontMetrics().stringWidth(text), y);
  }

  private static void threshold(Graphics2D g, double y) {
    g.setColor(new Color(0xC62828));
    g.setStroke(
        new BasicStroke(
            1, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER, 10, new float[] {4, 4}, 0));
    g.drawLine(LEFT, (int) y, WIDTH - RIGHT, (int) y);
  }

  private static void line(
      Graphics2D g, List<NoticeAlert.Point> points, double low, double high, Color colour) {
    long start = points.getFirst().time().toEpochMilli();
    double span = Math.max(1, points.getLast().time().toEpochMilli() - start);
    Path2D path = new Path2D.Double();
    boolean drawing = false;
    for (NoticeAlert.Point point : points) {
      if (!Double.isFinite(point.value())) {
        drawing = false;
        continue;
      }
      double x = LEFT + (point.time().toEpochMilli() - start) / span * (WIDTH - LEFT - RIGHT);
      double y = y(point.value(), low, high);
      if (drawing) {
        path.lineTo(x, y);
      } else {
        path.moveTo(x, y);
      }
      drawing = true;
    }
    g.setColor(colour);
    g.setStroke(new BasicStroke(2));
    g.draw(path);
  }

  private static double y(double value, double low, double high) {
    return HEIGHT - BOTTOM - (value - low) / (high - low) * (HEIGHT - TOP - BOTTOM);
  }
}
