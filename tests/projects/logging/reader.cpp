#include <bpfbuild/loader.hpp>
#include <bpfbuild/log.hpp>
#include <cstdio>

#include "logger.skel.h"

int main() {
  try {
    bpfbuild::skeleton<logger_bpf> logger;
    logger.load();
    bpfbuild::log_reader log(logger);
    log.poll(std::chrono::milliseconds(1));
  } catch (const std::exception& error) {
    std::fprintf(stderr, "reader: %s\n", error.what());
    return 1;
  }
}
