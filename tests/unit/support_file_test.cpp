#include "support/file.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <chrono>

#include "btf_builder.hpp"
#include "catch.hpp"
#include "temporary_directory.hpp"

using namespace bpfbuild;
using test::contents_of;
using test::message_of;
using test::TemporaryDirectory;

namespace fs = std::filesystem;

namespace {

std::size_t count_files(const fs::path& directory) {
  return static_cast<std::size_t>(std::distance(fs::directory_iterator(directory), fs::directory_iterator()));
}

}  // namespace

TEST_CASE("a file is read whole", "[support.file]") {
  const TemporaryDirectory directory;
  const std::string text(100000, 'x');
  const InputFile file(directory.file("f", text));
  const Bytes bytes = file.read();
  CHECK(std::string_view(reinterpret_cast<const char*>(bytes.view.data()), bytes.view.size()) == text);
  CHECK(file.begins_with("xxx"));
  CHECK_FALSE(file.begins_with("xxy"));
}

TEST_CASE("a pipe is read to its end", "[support.file]") {
  int ends[2];
  REQUIRE(::pipe(ends) == 0);
  REQUIRE(::write(ends[1], "through a pipe", 14) == 14);
  ::close(ends[1]);
  const InputFile file("/proc/self/fd/" + std::to_string(ends[0]));
  ::close(ends[0]);
  CHECK_FALSE(file.begins_with("thr"));
  CHECK(file.read().view.size() == 14);
}

TEST_CASE("what cannot be opened or read is named", "[support.file]") {
  CHECK(message_of([] { InputFile file("/no/such/file"); }) ==
        "/no/such/file: cannot open: No such file or directory");
  CHECK(message_of([] { return InputFile("/").read(); }) == "/: cannot read: Is a directory");
}

TEST_CASE("a file without end is not read to its end", "[support.file]") {
  CHECK(message_of([] { return InputFile("/dev/zero").read(); }) == "/dev/zero: is larger than 128 MiB");
}

TEST_CASE("a new file has the permissions of its time", "[support.file]") {
  const TemporaryDirectory directory;
  const mode_t mask = ::umask(022);
  write_if_changed(directory.path() / "new.h", "text");
  ::umask(mask);
  CHECK(contents_of(directory.path() / "new.h") == "text");
  CHECK(fs::status(directory.path() / "new.h").permissions() == fs::perms(0644));
  CHECK(count_files(directory.path()) == 1);
}

TEST_CASE("a file with the same contents is not touched", "[support.file]") {
  const TemporaryDirectory directory;
  const fs::path path = directory.file("same.h", "text");
  const auto long_ago = fs::last_write_time(path) - std::chrono::hours(1);
  fs::last_write_time(path, long_ago);
  write_if_changed(path, "text");
  CHECK(fs::last_write_time(path) == long_ago);
  write_if_changed(path, "next");
  CHECK(fs::last_write_time(path) != long_ago);
  CHECK(contents_of(path) == "next");
}

TEST_CASE("a changed file keeps its permissions and a link stays a link", "[support.file]") {
  const TemporaryDirectory directory;
  const fs::path path = directory.file("real.h", "old");
  fs::permissions(path, fs::perms(0640));
  fs::create_symlink("real.h", directory.path() / "link.h");
  write_if_changed(directory.path() / "link.h", "new");
  CHECK(fs::is_symlink(directory.path() / "link.h"));
  CHECK(contents_of(path) == "new");
  CHECK(fs::status(path).permissions() == fs::perms(0640));
}

TEST_CASE("a file that is written part by part appears as a whole", "[support.file]") {
  const TemporaryDirectory directory;
  const fs::path path = directory.file("x.h", "one two");
  const auto long_ago = fs::last_write_time(path) - std::chrono::hours(1);
  fs::last_write_time(path, long_ago);
  const auto write = [&](std::initializer_list<std::string_view> parts, bool to_the_end = true) {
    OutputFile file(path);
    for (const std::string_view part : parts) file.write(part);
    if (to_the_end) file.finish();
  };
  write({"one ", "tw", "o"});
  CHECK(fs::last_write_time(path) == long_ago);
  write({"one ", "three"}, false);
  write({"one"}, false);
  CHECK(contents_of(path) == "one two");
  CHECK(fs::last_write_time(path) == long_ago);

  write({"one ", "three"});
  CHECK(contents_of(path) == "one three");
  write({"one", " "});
  CHECK(contents_of(path) == "one ");
  write({"one ", "two", " three"});
  CHECK(contents_of(path) == "one two three");
  write({});
  CHECK(contents_of(path).empty());
  CHECK(count_files(directory.path()) == 1);
}

TEST_CASE("a device is written to, not replaced", "[support.file]") {
  write_if_changed("/dev/null", "text");
  CHECK(fs::is_character_file("/dev/null"));
}

TEST_CASE("the old file survives a failure, and nothing is left beside it", "[support.file]") {
  const TemporaryDirectory directory;
  // A directory in the way is what even root cannot replace by a file.
  fs::create_directories(directory.path() / "taken.h" / "sub");
  CHECK_FALSE(message_of([&] { write_if_changed(directory.path() / "taken.h", "new"); }).empty());
  CHECK(fs::is_directory(directory.path() / "taken.h" / "sub"));
  CHECK(count_files(directory.path()) == 1);

  const std::string missing = directory.path() / "missing" / "x.h";
  CHECK(message_of([&] { write_if_changed(missing, "new"); }) ==
        missing + ": cannot write: No such file or directory");
}
