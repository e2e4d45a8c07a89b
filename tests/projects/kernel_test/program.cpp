#include <cstdlib>
#include <fstream>
#include <iostream>
#include <string>

int main(int argc, char** argv) {
  std::ifstream file(SOURCE_DIR "/data.txt");
  std::string line;
  std::getline(file, line);
  std::cout << "data '" << line << "'" << (argc > 2 ? argv[2] : "") << std::endl;
  return std::atoi(argv[1]);
}
