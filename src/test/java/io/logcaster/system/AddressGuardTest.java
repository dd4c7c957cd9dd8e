package io.logcaster.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.NetworkInterface;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressGuardTest {

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, true",
    "127.8.9.10, true",
    "0.0.0.0, true",
    "0.1.2.3, true",
    "169.254.169.254, true",
    "169.254.0.1, true",
    "100.100.100.200, true",
    "192.0.0.192, true",
    "224.0.0.1, true",
    "255.255.255.255, true",
    "::1, true",
    "::, true",
    "::ffff:127.0.0.1, true",
    "::127.0.0.1, true",
    "64:ff9b::7f00:1, true",
    "64:ff9b::a9fe:a9fe, true",
    "2002:7f00:1::, true",
    "fe80::1, true",
    "fd00:ec2::254, true",
    "ff02::1, true",
    "10.0.0.1, false",
    "172.16.5.4, false",
    "192.168.1.2, false",
    "198.51.100.7, false",
    "2001:db8::1, false",
    "fd12::1, false",
    "64:ff9b::c633:6407, false",
  })
  void address_isRefusedIfItIsThisMachineOrHandsOutCredentials(String address, boolean refused)
      throws Exception {
    assertThat(AddressGuard.isRefused(InetAddress.getByName(address))).isEqualTo(refused);
  }

  @Test
  void ownAddresses_areRefused() throws Exception {
    for (NetworkInterface one : NetworkInterface.networkInterfaces().toList()) {
      for (InetAddress address : one.inetAddresses().toList()) {
        assertThat(AddressGuard.isRefused(address)).as(address.toString()).isTrue();
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, false",
    "::1, false",
    "10.0.0.1, false",
    "198.51.100.7, false",
    "169.254.169.254, true",
    "100.100.100.200, true",
    "224.0.0.1, true",
    "fe80::1, true",
    "fd00:ec2::254, true",
    "64:ff9b::a9fe:a9fe, true",
    "::ffff:169.254.169.254, true",
    "2002:a9fe:a9fe::, true",
  })
  void linkLocal_isRefusedToSinks(String address, boolean refused) throws Exception {
    assertThat(AddressGuard.isLinkLocal(InetAddress.getByName(address))).isEqualTo(refused);
  }
}
