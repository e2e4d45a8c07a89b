#include "support/compression.hpp"

#include "btf_builder.hpp"
#include "catch.hpp"
#include "compress.hpp"

using namespace bpfbuild;
using test::bytes_of;
using test::compress;
using test::every_compression;
using test::message_of;

namespace {

constexpr std::size_t mebibyte = std::size_t{1} << 20;

/// Text that is longer than the buffers of any decompressor, and does not compress well.
std::string long_text() {
  std::string text;
  std::uint32_t state = 1;
  for (std::size_t i = 0; i < mebibyte; ++i) {
    state = state * 1664525 + 1013904223;
    text += static_cast<char>(state >> 26);
  }
  return text;
}

std::string text_of(const Bytes& bytes) {
  return {reinterpret_cast<const char*>(bytes.view.data()), bytes.view.size()};
}

std::string decompressed(const std::string& data, Compression compression, Ending ending) {
  std::size_t room = 64 * mebibyte;
  const std::string text = text_of(decompress(bytes_of(data).view, compression, ending, room));
  CHECK(room == 64 * mebibyte - text.size());
  return text;
}

}  // namespace

TEST_CASE("what each program compresses is known and decompressed", "[support.compression]") {
  for (const Compression compression : every_compression) {
    CAPTURE(compression_name(compression));
    for (const std::string& text : {std::string("x"), long_text(), std::string(20 * mebibyte, 'x')}) {
      const std::string data = compress(text, compression);
      CHECK(compression_of(bytes_of(data).view) == compression);
      CHECK(decompressed(data, compression, Ending::exact) == text);
    }
  }
  CHECK_FALSE(compression_of(bytes_of("plain").view));
  CHECK_FALSE(compression_of(bytes_of("").view));
}

TEST_CASE("nothing is lost where other data follows", "[support.compression]") {
  const std::string text = long_text();
  // The build of the kernel appends the size; then comes the rest of the image.
  for (const std::string& rest : {test::little_endian(0x2000000), std::string(5000, '\x90'), long_text()}) {
    for (const Compression compression : every_compression) {
      CAPTURE(compression_name(compression), rest.size());
      CHECK(decompressed(compress(text, compression) + rest, compression, Ending::open) == text);
    }
  }
}

TEST_CASE("data that is cut off or damaged is refused", "[support.compression]") {
  const std::string text = long_text();
  for (const Compression compression : every_compression) {
    CAPTURE(compression_name(compression));
    const std::string data = compress(text, compression);
    std::size_t room = 64 * mebibyte;
    const std::string half = data.substr(0, data.size() / 2);
    CHECK_THAT(message_of([&] { decompress(bytes_of(half).view, compression, Ending::exact, room); }),
               Catch::Matchers::StartsWith("damaged "));
  }
}

TEST_CASE("a decompression bomb is cut at the limit", "[support.compression]") {
  const std::string text(20 * mebibyte, '\0');
  for (const Compression compression : every_compression) {
    CAPTURE(compression_name(compression));
    const std::string data = compress(text, compression);
    for (const Ending ending : {Ending::exact, Ending::open}) {
      std::size_t room = 10 * mebibyte;
      CHECK(message_of([&] { decompress(bytes_of(data).view, compression, ending, room); }) ==
            "is too large when decompressed; at most 1024 MiB are read");
      CHECK(room == 0);
    }
  }
}

TEST_CASE("compressed parts are found in their order", "[support.compression]") {
  const std::string padding(1000, '-');
  const std::string data =
      padding + compress("one", Compression::zstd) + padding + compress("two", Compression::gzip);
  const Bytes bytes = bytes_of(data);
  const auto first = find_compressed(bytes.view, 0);
  REQUIRE(first);
  CHECK(first->compression == Compression::zstd);
  CHECK(first->offset == padding.size());
  const auto second = find_compressed(bytes.view, first->offset + 1);
  REQUIRE(second);
  CHECK(second->compression == Compression::gzip);
  CHECK_FALSE(find_compressed(bytes.view, second->offset + 1));
  CHECK_FALSE(find_compressed(bytes.view, data.size()));
}
