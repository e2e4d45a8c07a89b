/// A command for guests: `vm_guest WHAT`.
#include <fcntl.h>
#include <net/if.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/utsname.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <string>
#include <string_view>

namespace {

bool loopback_is_up() {
  const int descriptor = socket(AF_INET, SOCK_DGRAM, 0);
  ifreq request = {"lo", {}};
  return ioctl(descriptor, SIOCGIFFLAGS, &request) == 0 && (request.ifr_flags & IFF_UP) != 0;
}

/// Tells all about the place.
int tell(int argc, char** argv) {
  utsname name{};
  uname(&name);
  std::cout << "release " << name.release << "\nuser " << geteuid() << "\nlo is "
            << (loopback_is_up() ? "up" : "down") << "\nvariable " << std::getenv("VM_TEST_VARIABLE")
            << "\ndirectory " << get_current_dir_name();
  for (int i = 1; i < argc; ++i) std::cout << "\nargument '" << argv[i] << "'";
  std::ifstream file("a file");
  std::string line;
  std::getline(file, line);
  std::cout << "\nfile '" << line << "'\n";
  std::ifstream mounts("/proc/mounts");
  for (std::string what, where, type, rest; mounts >> what >> where >> type && std::getline(mounts, rest);)
    std::cout << "mount " << type << " " << where << "\n";
  std::cout << std::string(10000, 'x') << "\n";
  std::cerr << "to standard error\n";
  std::cout << "no line end" << std::flush;
  return 3;
}

}  // namespace

int main(int argc, char** argv) {
  const std::string_view what = argc > 1 ? argv[1] : "";
  if (what == "tell") return tell(argc, argv);
  std::cout << "it runs" << std::endl;
  if (what == "hang") pause();
  if (what == "abort") std::raise(SIGABRT);
  if (what == "panic") {
    std::ofstream("/proc/sys/kernel/sysrq") << "1" << std::flush;
    std::ofstream("/proc/sysrq-trigger") << "c" << std::flush;
  }
  return EXIT_SUCCESS;
}
