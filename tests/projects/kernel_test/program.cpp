/// program HOW [TEXT...]: prints what is in a file and the texts, and ends with a number, or in another way.
#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <iostream>
#include <string>

namespace {

/// The first line of the file that has the text, or of any when it is empty.
std::string line_of(const std::string& path, const std::string& text) {
  std::ifstream file(path);
  for (std::string line; std::getline(file, line);) {
    if (line.find(text) != std::string::npos) return line;
  }
  return {};
}

}  // namespace

int main(int argc, char** argv) {
  const std::string how = argc > 1 ? argv[1] : "0", text = argc > 2 ? argv[2] : "";
  std::cout << "data '" << line_of(SOURCE_DIR "/data.txt", "") << "'" << (how == "machine" ? "" : text)
            << std::endl;
  for (int i = 3; i < argc; ++i) std::cout << "more " << argv[i] << std::endl;
  std::cerr << "file or no file\n";
  if (how == "hang") pause();
  if (how == "machine") {
    std::cout << "another '" << (std::ifstream(text) ? "yes" : "no") << "'\n";
    for (const char* const module : {"sch_ingress ", "cls_bpf "})
      std::cout << line_of("/proc/modules", module) << "\n";
    std::cout << line_of("/proc/cmdline", "") << std::endl;
    return 0;
  }
  return std::atoi(how.c_str());
}
