import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.codelibs.opensearch.runner.OpenSearchRunner;
import org.opensearch.action.admin.cluster.node.info.NodesInfoResponse;
import org.opensearch.http.HttpInfo;

/**
 * A node of OpenSearch for tests: {@code java -cp 'jars/*' Node.java DIRECTORY PORT}. It writes
 * its port into the file {@code port} of the directory, and ends when its standard input does, so
 * that it never outlives who started it.
 */
final class Node {

  public static void main(String[] arguments) throws Exception {
    OpenSearchRunner runner = new OpenSearchRunner();
    runner.setMaxHttpPort(65_535);
    runner.onBuild(
        (number, settings) -> {
          settings.put("network.host", "127.0.0.1");
          settings.put("discovery.type", "single-node");
          settings.put("http.port", arguments[1]);
          settings.put("transport.port", "0");
          settings.put("cluster.routing.allocation.disk.threshold_enabled", false);
          // Each test creates its own indices.
          settings.put("cluster.max_shards_per_node", 5000);
        });
    runner.build(
        OpenSearchRunner.newConfigs()
            .basePath(arguments[0])
            .numOfNode(1)
            .clusterName("tests"));
    runner.ensureYellow();
    NodesInfoResponse nodes =
        runner.client().admin().cluster().prepareNodesInfo().clear().addMetric("http").get();
    int port =
        nodes.getNodes().get(0).getInfo(HttpInfo.class).address().publishAddress().getPort();
    Path file = Path.of(arguments[0], "port");
    Files.writeString(Path.of(file + ".new"), Integer.toString(port));
    Files.move(Path.of(file + ".new"), file);
    InputStream in = System.in;
    while (in.read() >= 0) {
      // Waits for the end.
    }
    Runtime.getRuntime().halt(0);
  }
}
