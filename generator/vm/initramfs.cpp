#include "vm/initramfs.hpp"

#include <archive.h>
#include <archive_entry.h>
#include <sys/stat.h>

#include <algorithm>
#include <cstring>
#include <memory>
#include <new>
#include <utility>

#include "support/dynamic_library.hpp"
#include "support/error.hpp"
#include "support/format.hpp"
#include "vm/libraries.hpp"

namespace bpfbuild::vm {

namespace fs = std::filesystem;

namespace {

/// What is used of libarchive.
class Library {
 public:
  static const Library& get() {
    static const Library library;
    return library;
  }

  decltype(&::archive_write_new) write_new;
  decltype(&::archive_write_free) write_free;
  decltype(&::archive_write_set_format_cpio_newc) set_format;
  decltype(&::archive_write_open) open;
  decltype(&::archive_write_header) write_header;
  decltype(&::archive_write_data) write_data;
  decltype(&::archive_write_close) close;
  decltype(&::archive_error_string) error_string;
  decltype(&::archive_entry_new) entry_new;
  decltype(&::archive_entry_free) entry_free;
  decltype(&::archive_entry_set_pathname) set_path;
  decltype(&::archive_entry_set_mode) set_mode;
  decltype(&::archive_entry_set_size) set_size;
  decltype(&::archive_entry_set_nlink) set_links;

 private:
  Library() {
    const DynamicLibrary library(libarchive);
    if (!library.is_there())
      throw Error(format("{}, which writes the guest's files, was not found", libarchive),
                  install_libarchive);
    library.load(write_new, "archive_write_new");
    library.load(write_free, "archive_write_free");
    library.load(set_format, "archive_write_set_format_cpio_newc");
    library.load(open, "archive_write_open");
    library.load(write_header, "archive_write_header");
    library.load(write_data, "archive_write_data");
    library.load(close, "archive_write_close");
    library.load(error_string, "archive_error_string");
    library.load(entry_new, "archive_entry_new");
    library.load(entry_free, "archive_entry_free");
    library.load(set_path, "archive_entry_set_pathname");
    library.load(set_mode, "archive_entry_set_mode");
    library.load(set_size, "archive_entry_set_size");
    library.load(set_links, "archive_entry_set_nlink");
  }
};

la_ssize_t append(archive*, void* text, const void* bytes, std::size_t size) {
  static_cast<std::string*>(text)->append(static_cast<const char*>(bytes), size);
  return static_cast<la_ssize_t>(size);
}

/// The program behind #!, empty for what is no script.
fs::path script_interpreter(std::string_view text) {
  if (!text.starts_with("#!")) return {};
  text.remove_prefix(2);
  text = text.substr(0, text.find('\n'));
  text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
  return text.substr(0, text.find_first_of(" \t"));
}

}  // namespace

bool Initramfs::add(const fs::path& path, unsigned mode, Bytes bytes) {
  if (entries_.contains(path)) return false;
  add_directory(path.parent_path());
  entries_[path] = {mode, std::move(bytes)};
  return true;
}

void Initramfs::add_directory(const fs::path& path) {
  if (path == path.root_path() || path.empty()) return;
  add_directory(path.parent_path());
  entries_.try_emplace(path, Entry{S_IFDIR | 0755, {}});
}

void Initramfs::add_text(const fs::path& path, std::string text) {
  const auto owner = std::make_shared<std::string>(std::move(text));
  add(path, S_IFREG | 0644, {std::as_bytes(std::span(*owner)), owner});
}

void Initramfs::add_bytes(const fs::path& path, Bytes bytes) { add(path, S_IFREG | 0755, std::move(bytes)); }

void Initramfs::add_file(const fs::path& path, const fs::path& source) {
  if (fs::is_directory(source)) {
    add_directory(path);
    for (const fs::directory_entry& each : fs::directory_iterator(source))
      add_file(path / each.path().filename(), each.path());
    return;
  }
  const Bytes bytes = InputFile(source).read();
  const auto permissions = static_cast<unsigned>(fs::status(source).permissions());
  if (add(path, S_IFREG | (permissions & 0777U), bytes)) add_what_it_needs(source, bytes);
}

void Initramfs::add_what_it_needs(const fs::path& source, const Bytes& bytes) {
  const std::string_view text(reinterpret_cast<const char*>(bytes.view.data()), bytes.view.size());
  if (const fs::path interpreter = script_interpreter(text); !interpreter.empty()) {
    if (!fs::exists(interpreter))
      throw Error(format("its interpreter '{}' is not there", interpreter.native())).at(source.native());
    return add_file(interpreter);
  }
  const auto binary = read_binary(source);
  if (!binary || binary->needed.empty()) return;
  for (const Needed& each : libraries_of(source, *binary)) {
    add(each.path, S_IFREG | 0755, InputFile(each.source).read());
    const fs::path directory = each.path.parent_path();
    if (each.path != binary->interpreter &&
        std::ranges::find(library_directories_, directory) == library_directories_.end())
      library_directories_.push_back(directory);
  }
}

std::string Initramfs::library_path() const {
  std::string path;
  for (const fs::path& each : library_directories_) path += (path.empty() ? "" : ":") + each.native();
  return path;
}

std::string Initramfs::archive() const {
  const Library& library = Library::get();
  std::string text;
  const std::unique_ptr<struct archive, int (*)(struct archive*)> writer(library.write_new(),
                                                                         library.write_free);
  const std::unique_ptr<archive_entry, void (*)(archive_entry*)> entry(library.entry_new(),
                                                                       library.entry_free);
  if (writer == nullptr || entry == nullptr) throw std::bad_alloc();
  const auto check = [&](la_ssize_t result) {
    if (result >= ARCHIVE_OK) return;
    const char* const reason = library.error_string(writer.get());
    throw Error(format("cannot write the guest's files: {}", reason == nullptr ? "unknown" : reason));
  };
  check(library.set_format(writer.get()));
  check(library.open(writer.get(), &text, nullptr, append, nullptr));
  for (const auto& [path, file] : entries_) {
    library.set_path(entry.get(), path.relative_path().c_str());
    library.set_mode(entry.get(), static_cast<mode_t>(file.mode));
    library.set_links(entry.get(), 1);
    library.set_size(entry.get(), static_cast<la_int64_t>(file.bytes.view.size()));
    check(library.write_header(writer.get(), entry.get()));
    if (!file.bytes.view.empty())
      check(library.write_data(writer.get(), file.bytes.view.data(), file.bytes.view.size()));
  }
  check(library.close(writer.get()));
  return text;
}

}  // namespace bpfbuild::vm
