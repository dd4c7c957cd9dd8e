package io.logcaster.ingest;

import io.logcaster.record.Severity;

/** The meaning of numeric levels. The fields next to a level show which scale its sender uses. */
public enum LevelScale {

  /**
   * Unknown scale: numbers below 8 are read as syslog, multiples of ten up to 60 as pino, others up
   * to 24 as OpenTelemetry. If scales share a number, the one more widely used under the name
   * {@code level} wins.
   */
  ANY {
    @Override
    public int severity(int number) {
      if (number <= 7) {
        return SYSLOG.severity(number);
      }
      int pino = PINO.severity(number);
      return (pino == Severity.UNSET) ? OTEL.severity(number) : pino;
    }
  },

  /** 0 (emergency) to 7 (debug): journald's {@code PRIORITY}, GELF, RFC 5424. */
  SYSLOG {
    @Override
    public int severity(int number) {
      return (number <= 7) ? Levels.ofSyslog(number) : Severity.UNSET;
    }
  },

  /** 10 (trace), 20 (debug), … 60 (fatal): pino and bunyan, which also write {@code pid}. */
  PINO {
    @Override
    public int severity(int number) {
      return (number % 10 == 0 && number >= 10 && number <= 60)
          ? number / 10 * 4 - 3
          : Severity.UNSET;
    }
  },

  /** 10 (debug), 20 (info), … 50 (critical): Python's {@code levelno}. */
  PYTHON {
    @Override
    public int severity(int number) {
      return (number == 50) ? Severity.CRITICAL : (number < 50) ? PINO.severity(number + 10) : 0;
    }
  },

  /** 1 to 24: OpenTelemetry's {@code severity_number}. */
  OTEL {
    @Override
    public int severity(int number) {
      return (number >= 1 && number <= 24) ? number : Severity.UNSET;
    }
  },

  /** 0 (debug) to 4 (fatal): Nextcloud, which writes {@code reqId} and {@code remoteAddr}. */
  NEXTCLOUD {
    @Override
    public int severity(int number) {
      return (number <= 4) ? number * 4 + Severity.DEBUG : Severity.UNSET;
    }
  },

  /** 0 (trace or verbose) to 5 (critical or fatal): .NET's {@code LogLevel} and Serilog. */
  DOT_NET {
    @Override
    public int severity(int number) {
      return (number <= 5) ? number * 4 + Severity.TRACE : Severity.UNSET;
    }
  },

  /** 1 (critical) to 5 (verbose): Windows events. */
  WINDOWS {
    @Override
    public int severity(int number) {
      return switch (number) {
        case 1 -> Severity.CRITICAL;
        case 2 -> Severity.ERROR;
        case 3 -> Severity.WARN;
        case 4 -> Severity.INFO;
        case 5 -> Severity.DEBUG;
        default -> Severity.UNSET;
      };
    }
  },

  /** Numbers are not levels. */
  NONE {
    @Override
    public int severity(int number) {
      return Severity.UNSET;
    }
  },

  /**
   * 100 (debug), 200 (info), 250 (notice), … 600 (emergency): Monolog, which also writes {@code
   * channel}.
   */
  MONOLOG {
    @Override
    public int severity(int number) {
      return switch (number) {
        case 100 -> Severity.DEBUG;
        case 200 -> Severity.INFO;
        case 250 -> Severity.NOTICE;
        case 300 -> Severity.WARN;
        case 400 -> Severity.ERROR;
        case 500 -> Severity.CRITICAL;
        case 550 -> Severity.ALERT;
        case 600 -> Severity.FATAL + 1;
        default -> Severity.UNSET;
      };
    }
  };

  /**
   * Returns the severity number for a number on this scale.
   *
   * @param number not negative
   * @return 1..24, or {@link Severity#UNSET} if the number is not on the scale
   */
  public abstract int severity(int number);
}
