package example.csv;

import io.logcaster.plugin.InputPlugin;
import io.logcaster.plugin.PluginInput;
import io.logcaster.plugin.PluginInputContext;
import io.logcaster.plugin.PluginOption;
import io.logcaster.plugin.RecordSubmitter;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The input {@code csv}: takes lines {@code level,app,message} on a port of this machine, one
 * sender after the other, and answers {@code ok} to each line that is on disk.
 */
public final class CsvInputPlugin implements InputPlugin {

  @Override
  public String type() {
    return "csv";
  }

  @Override
  public List<PluginOption> options() {
    return List.of(
        PluginOption.optional(
            "port", PluginOption.Type.NUMBER, "0", "Port to listen on; 0 for any"));
  }

  @Override
  public PluginInput open(PluginInputContext context) {
    return new CsvInput(context, context.options().number("port"));
  }

  private static final class CsvInput implements PluginInput {

    private final PluginInputContext context;
    private final int port;
    private volatile boolean stopped;
    private volatile ServerSocket server;

    CsvInput(PluginInputContext context, int port) {
      this.context = context;
      this.port = port;
    }

    @Override
    public void run() throws IOException, InterruptedException {
      try (ServerSocket listening = new ServerSocket(port, 50, InetAddress.getLoopbackAddress())) {
        server = listening;
        while (!stopped) {
          try (Socket sender = listening.accept()) {
            receive(sender);
          }
        }
      } catch (IOException e) {
        if (!stopped) {
          throw e;
        }
      }
    }

    private void receive(Socket sender) throws IOException, InterruptedException {
      sender.setSoTimeout((int) context.timeout().toMillis());
      RecordSubmitter records = context.submitter(sender.getInetAddress().getHostAddress());
      BufferedReader lines =
          new BufferedReader(
              new InputStreamReader(sender.getInputStream(), StandardCharsets.UTF_8));
      OutputStream answers = sender.getOutputStream();
      StringBuilder waiting = new StringBuilder();
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        records.received(line.length() + 1L);
        String[] values = line.split(",", 3);
        if (values.length == 3) {
          records.level(values[0]).field("app", values[1]).message(values[2]).end();
          waiting.append("ok\n");
        } else {
          records.failed();
          waiting.append("error\n");
        }
        if (!lines.ready()) {
          records.submit(); // lines that came together share one sync
          answers.write(waiting.toString().getBytes(StandardCharsets.UTF_8));
          waiting.setLength(0);
        }
      }
    }

    @Override
    public void stop() {
      stopped = true;
      ServerSocket listening = server;
      if (listening != null) {
        try {
          listening.close();
        } catch (IOException e) {
          context.logger().log(System.Logger.Level.WARNING, "The port was not closed", e);
        }
      }
    }

    @Override
    public String address() {
      ServerSocket listening = server;
      return (listening == null || listening.isClosed())
          ? ""
          : "127.0.0.1:" + listening.getLocalPort();
    }
  }
}
