package io.logcaster.sink.jdbc;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import org.h2.tools.Server;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

class H2SinkTest extends JdbcContract {

  private Server server;

  @BeforeEach
  void start() throws SQLException {
    server = server("0").start();
  }

  private Server server(String port) throws SQLException {
    return Server.createTcpServer(
        "-tcpPort", port, "-ifNotExists", "-baseDir", directory.toString());
  }

  @AfterEach
  void stop() {
    server.stop();
  }

  @Override
  Map<String, Object> options() {
    return Map.of("url", url(), "username", "sa", "password", "none");
  }

  private String url() {
    return "jdbc:h2:tcp://127.0.0.1:" + server.getPort() + "/./records";
  }

  @Override
  Connection connect() throws SQLException {
    return DriverManager.getConnection(url(), "sa", "none");
  }

  @Override
  protected void fail() {
    server.stop();
  }

  @Override
  protected void mend() throws SQLException {
    server = server(String.valueOf(server.getPort())).start();
  }
}
