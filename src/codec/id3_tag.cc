// The ID3v2.4 tag, made by TagLib in memory.
#include "codec/id3_tag.h"

#include <chapterframe.h>
#include <commentsframe.h>
#include <id3v2tag.h>
#include <tableofcontentsframe.h>
#include <textidentificationframe.h>
#include <unsynchronizedlyricsframe.h>

#include <exception>
#include <memory>
#include <string_view>

#include "music/fields.h"

namespace mmx::codec {
namespace {

using TagLib::ByteVector;
using TagLib::String;
namespace ID3v2 = TagLib::ID3v2;

constexpr unsigned kNoOffset = 0xffffffff;  // chapters are found by their time

const char* text_frame(std::string_view tag) {
    constexpr std::pair<std::string_view, const char*> kNames[] = {
        {"TITLE", "TIT2"}, {"ARTIST", "TPE1"},   {"ALBUM", "TALB"},       {"GENRE", "TCON"},
        {"BPM", "TBPM"},   {"DATE", "TDRC"},     {"COPYRIGHT", "TCOP"},   {"ENCODER", "TSSE"},
        {"ISRC", "TSRC"},  {"LANGUAGE", "TLAN"}, {"TRACKNUMBER", "TRCK"}, {"COMPOSER", "TCOM"}};
    for (const auto& [ours, theirs] : kNames) {
        if (tag == ours) return theirs;
    }
    return nullptr;
}

std::unique_ptr<ID3v2::Frame> plain_text(const char* id, const String& value) {
    auto frame = std::make_unique<ID3v2::TextIdentificationFrame>(ByteVector(id, 4), String::UTF8);
    frame->setText(value);
    return frame;
}

void add_own_text(ID3v2::Tag& tag, const std::string& name, const String& value) {
    auto own = std::make_unique<ID3v2::UserTextIdentificationFrame>(String::UTF8);
    own->setDescription(String(name, String::UTF8));
    own->setText(value);
    tag.addFrame(own.release());
}

void add_tag(ID3v2::Tag& tag, const std::string& name, const std::string& text) {
    const String value(text, String::UTF8);
    if (const char* id = text_frame(name)) {
        tag.addFrame(plain_text(id, value).release());
    } else if (name == "COMMENT") {
        auto comment = std::make_unique<ID3v2::CommentsFrame>(String::UTF8);
        comment->setLanguage(ByteVector("eng", 3));
        comment->setText(value);
        tag.addFrame(comment.release());
    } else if (name == "LYRICS") {
        auto lyrics = std::make_unique<ID3v2::UnsynchronizedLyricsFrame>(String::UTF8);
        lyrics->setLanguage(ByteVector("und", 3));
        lyrics->setText(value);
        tag.addFrame(lyrics.release());
    } else {
        add_own_text(tag, name, value);  // KEY too: three characters cannot tell dorian from minor
        const std::string key = name == "KEY" ? id3_key(text) : "";
        if (!key.empty()) tag.addFrame(plain_text("TKEY", String(key)).release());
    }
}

void add_chapters(ID3v2::Tag& tag, const std::vector<Cue>& cues, int sample_rate, std::uint64_t frames) {
    const auto milliseconds = [&](std::uint64_t frame) {
        return static_cast<unsigned>(frame * 1000 / static_cast<std::uint64_t>(sample_rate));
    };
    TagLib::ByteVectorList names;
    for (std::size_t i = 0; i < cues.size(); ++i) {
        const std::string name = "ch" + std::to_string(i);
        // Ids end with a zero.
        const ByteVector id(name.c_str(), static_cast<unsigned>(name.size() + 1));
        ID3v2::FrameList title;
        title.append(plain_text("TIT2", String(cues[i].label, String::UTF8)).release());
        const std::uint64_t end = i + 1 < cues.size() ? cues[i + 1].frame : std::max(frames, cues[i].frame);
        tag.addFrame(std::make_unique<ID3v2::ChapterFrame>(id, milliseconds(cues[i].frame), milliseconds(end),
                                                           kNoOffset, kNoOffset, title)
                         .release());
        names.append(id);
    }
    auto contents = std::make_unique<ID3v2::TableOfContentsFrame>(ByteVector("toc", 4), names);
    contents->setIsTopLevel(true);
    contents->setIsOrdered(true);
    tag.addFrame(contents.release());
}

}  // namespace

std::string id3_key(const std::string& key) {
    if (key == "none") return "o";
    if (key.empty() || key[0] < 'A' || key[0] > 'G') return {};
    std::string result = key.substr(0, 1);
    std::size_t at = 1;
    if (at < key.size() && (key[at] == '#' || key[at] == 'b')) result += key[at++];
    const std::string_view mode = std::string_view(key).substr(at);
    // What counts is the third above the root.
    for (const std::string_view minor : {"minor", "dorian", "phrygian", "aeolian", "locrian", "blues"}) {
        if (mode.find(minor) != std::string_view::npos) return result + "m";
    }
    return result;
}

base::Result<std::string> id3_tag(const FileInfo& info, int sample_rate, std::uint64_t frames) {
    for (const auto& [name, value] : info.tags) {
        if (!music::count_code_points(value) || !music::count_code_points(name))
            return base::fail(base::Kind::invalid_request,
                              "The tag " + name + " cannot be stored: its text is not plain UTF-8.");
    }
    try {
        ID3v2::Tag tag;
        for (const auto& [name, value] : info.tags) add_tag(tag, name, value);
        if (!info.cues.empty()) add_chapters(tag, info.cues, sample_rate, frames);
        const ByteVector bytes = tag.render(ID3v2::v4);
        return std::string(bytes.data(), bytes.size());
    } catch (const std::exception& error) {
        return base::fail(base::Kind::internal, "The tags could not be written.",
                          std::string("TagLib: ") + error.what());
    }
}

}  // namespace mmx::codec
