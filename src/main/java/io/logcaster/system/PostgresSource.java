package io.logcaster.system;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.AbstractDataSource;

/**
 * Connections to a PostgreSQL server that understand the {@linkplain PostgresSql dialect} in which
 * the features write their statements and migrations.
 */
final class PostgresSource extends AbstractDataSource {

  private static final int CONNECT_SECONDS = 10;

  private final String url;
  private final Properties properties = new Properties();
  private final Driver driver;

  PostgresSource(ControlProperties control) {
    this.url = String.valueOf(control.url());
    if (control.user() != null) {
      properties.setProperty("user", control.user());
    }
    properties.setProperty("password", control.secret());
    properties.setProperty("connectTimeout", String.valueOf(CONNECT_SECONDS));
    properties.setProperty("tcpKeepAlive", "true");
    properties.setProperty("ApplicationName", "logcaster");
    try {
      // Not registered with the driver manager, which would load it at every start.
      this.driver =
          Class.forName("org.postgresql.Driver")
              .asSubclass(Driver.class)
              .getDeclaredConstructor()
              .newInstance();
    } catch (ReflectiveOperationException ex) {
      throw new IllegalStateException("The driver of PostgreSQL is missing", ex);
    }
  }

  @Override
  public Connection getConnection() throws SQLException {
    Connection connection = driver.connect(url, properties);
    if (connection == null) {
      throw new SQLException("The address " + url + " is not one of PostgreSQL");
    }
    return translating(Connection.class, connection);
  }

  @Override
  public Connection getConnection(String username, String password) throws SQLException {
    return getConnection();
  }

  /** How long the pool waits for its threads when it closes. */
  @Override
  public int getLoginTimeout() {
    return CONNECT_SECONDS;
  }

  @Override
  public void setLoginTimeout(int seconds) {
    // It is part of the properties.
  }

  /** A connection or statement whose methods get translated statements. */
  private static <T> T translating(Class<T> type, T target) {
    return type.cast(
        Proxy.newProxyInstance(
            PostgresSource.class.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> call(target, method, arguments)));
  }

  private static @Nullable Object call(
      Object target, Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
    @Nullable Object[] translated = arguments;
    if (arguments != null
        && arguments.length > 0
        && arguments[0] instanceof String sql
        && takesSql(method.getName())) {
      translated = arguments.clone();
      translated[0] = PostgresSql.of(sql);
    }
    try {
      Object result = method.invoke(target, translated);
      // Prepared statements have their text already.
      return (result instanceof Statement statement && method.getName().equals("createStatement"))
          ? translating(Statement.class, statement)
          : result;
    } catch (InvocationTargetException ex) {
      throw ex.getTargetException();
    }
  }

  private static boolean takesSql(String method) {
    return method.equals("prepareStatement")
        || method.equals("addBatch")
        || method.startsWith("execute");
  }
}
