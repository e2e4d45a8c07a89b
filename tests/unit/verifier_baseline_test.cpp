#include "verifier/baseline.hpp"

#include "btf_builder.hpp"
#include "catch.hpp"
#include "temporary_directory.hpp"

using namespace bpfbuild;
using test::message_of;
using verifier::Baseline;
using verifier::Verdict;

namespace {

const std::string header = "object,program,kernel,verdict,instructions,states,stack\n";

Verdict verdict(std::string program, std::uint64_t instructions, std::uint64_t states, std::string stack) {
  Verdict verdict;
  verdict.object = "tracer";
  verdict.program = std::move(program);
  verdict.kernel = "6.1 x86_64";
  verdict.instructions = instructions;
  verdict.states = states;
  verdict.stack_depth = std::move(stack);
  return verdict;
}

Verdict refused(std::string program) {
  Verdict result = verdict(std::move(program), 0, 0, "");
  result.refusal.emplace();
  return result;
}

Baseline baseline_of(const std::vector<Verdict>& verdicts) {
  Baseline baseline;
  baseline.replace(verdicts);
  return baseline;
}

std::string reading(const std::string& text) {
  const test::TemporaryDirectory directory;
  directory.file("b.csv", text);
  const std::string message = message_of([&] { Baseline::read(directory.path() / "b.csv"); });
  return message.substr(message.find("b.csv"));
}

}  // namespace

TEST_CASE("a baseline is read as it was written", "[verifier.baseline]") {
  const std::string text = header +
                           "tracer,exec,6.1 x86_64,accepted,54,3,32+16\n"
                           "tracer,exec,6.12 x86_64,refused,0,0,\n";
  const test::TemporaryDirectory directory;
  directory.file("b.csv", text);
  const Baseline baseline = Baseline::read(directory.path() / "b.csv");
  CHECK(baseline.text() == text);
  CHECK(baseline.has_kernel("6.12 x86_64"));
  CHECK_FALSE(baseline.has_kernel("6.18 x86_64"));
}

TEST_CASE("growth is told when it is more than the tolerance", "[verifier.baseline]") {
  const Baseline baseline = baseline_of({verdict("exec", 1000, 100, "64+64")});
  const auto differences = [&](const Verdict& now, unsigned tolerance) {
    return baseline.differences({now}, tolerance);
  };
  CHECK(differences(verdict("exec", 1100, 110, "128"), 10).empty());
  CHECK(differences(verdict("exec", 10, 1, "8"), 0).empty());
  CHECK(differences(verdict("exec", 1101, 100, "128"), 10) ==
        std::vector<std::string>{"tracer: program 'exec' on 6.1 x86_64: 1101 instructions, 1000 in the "
                                 "baseline, 10 % more"});
  CHECK(differences(verdict("exec", 1000, 111, "128"), 10) ==
        std::vector<std::string>{
            "tracer: program 'exec' on 6.1 x86_64: 111 states, 100 in the baseline, 11 % more"});
  CHECK(differences(verdict("exec", 1000, 100, "128+64"), 10) ==
        std::vector<std::string>{
            "tracer: program 'exec' on 6.1 x86_64: 192 bytes of stack, 128 in the baseline, 50 % more"});
}

TEST_CASE("growth by little counts only without tolerance", "[verifier.baseline]") {
  const Baseline baseline = baseline_of({verdict("exec", 2, 0, "0")});
  CHECK(baseline.differences({verdict("exec", 52, 5, "32")}, 1).empty());
  CHECK(baseline.differences({verdict("exec", 53, 6, "40")}, 1).size() == 3);
  CHECK(baseline.differences({verdict("exec", 3, 1, "8")}, 0) ==
        std::vector<std::string>{
            "tracer: program 'exec' on 6.1 x86_64: 3 instructions, 2 in the baseline, 50 % more",
            "tracer: program 'exec' on 6.1 x86_64: 1 states, 0 in the baseline",
            "tracer: program 'exec' on 6.1 x86_64: 8 bytes of stack, 0 in the baseline"});
}

TEST_CASE("other verdicts and programs are told", "[verifier.baseline]") {
  const Baseline baseline = baseline_of({verdict("exec", 9, 1, "0"), refused("exit"), refused("fork")});
  CHECK(baseline.differences({refused("exec"), verdict("exit", 9, 1, "0"), verdict("new", 9, 1, "0")}, 10) ==
        std::vector<std::string>{
            "tracer: program 'exec' on 6.1 x86_64: refused, but accepted in the baseline",
            "tracer: program 'exit' on 6.1 x86_64: accepted, but refused in the baseline",
            "tracer: program 'new' on 6.1 x86_64: not in the baseline",
            "tracer: program 'fork' on 6.1 x86_64: in the baseline, but not in the object"});
}

TEST_CASE("only what was verified is replaced", "[verifier.baseline]") {
  Baseline baseline = baseline_of({verdict("exec", 9, 1, "0"), verdict("gone", 9, 1, "0")});
  Verdict other = verdict("exec", 7, 1, "0");
  other.kernel = "6.12 x86_64";
  baseline.replace({other});
  baseline.replace({verdict("exec", 8, 1, "0")});
  CHECK(baseline.text() == header +
                               "tracer,exec,6.1 x86_64,accepted,8,1,0\n"
                               "tracer,exec,6.12 x86_64,accepted,7,1,0\n");
}

TEST_CASE("what is no baseline is told with its line", "[verifier.baseline]") {
  CHECK(reading("program,kernel\n") ==
        "b.csv:1: begins with 'program,kernel', expected "
        "'object,program,kernel,verdict,instructions,states,stack'");
  CHECK(reading(header + "tracer,exec\n") ==
        "b.csv:2: 2 fields, expected 7: object,program,kernel,verdict,instructions,states,stack");
  CHECK(reading(header + "\ntracer,exec,6.1 x86_64,fine,54,3,32\n") ==
        "b.csv:3: verdict 'fine', expected 'accepted' or 'refused'");
  CHECK(reading(header + "tracer,exec,6.1 x86_64,accepted,many,3,32\n") == "b.csv:2: 'many' is not a number");
  CHECK(reading(header + "tracer,exec,6.1 x86_64,accepted,54,3,32+\n") == "b.csv:2: '' is not a number");
  const std::string row = "tracer,exec,6.1 x86_64,accepted,54,3,32\n";
  CHECK(reading(header + row + row) == "b.csv:3: this program and kernel have a line already; delete one");
}
