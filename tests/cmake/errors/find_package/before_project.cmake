# error: BpfBuild: find_package(BpfBuild) comes before project(); call project() first
find_package(BpfBuild REQUIRED)
project(case CXX)
