"""The rules, by checkpoint of the Matterhorn Protocol 1.1 (PDF Association, 2021): those that a machine can check.

Left out, as nothing that slidebuild writes can break them: glyphs and names in Type 1 and CID fonts that the file tells
twice (31-012 to 31-015), and names of glyphs in encodings (31-018, 31-022).
"""

from __future__ import annotations

from typing import Final

from slidebuild.pdf.ua import alternatives, attached, content, document, fonts, headings, languages, nesting, roles
from slidebuild.pdf.ua.rule import Rule

IDENTIFIER: Final = "06-002"
"""The rule that a file breaks unless it claims to break none."""

RULES: Final[tuple[Rule, ...]] = (
    Rule("6.2", "6.2", "the file is tagged", document.is_tagged),
    Rule("01-003", "7.1", "no artifact in tagged content", content.no_artifact_in_tag),
    Rule("01-004", "7.1", "no tagged content in an artifact", content.no_tag_in_artifact),
    Rule("01-005", "7.1", "all that is drawn is tagged or an artifact", content.all_is_marked),
    Rule("01-007", "7.1", "tags are not marked as suspect", document.no_suspects),
    Rule("02-001", "7.1", "each tag is, or stands for, a standard type", roles.types_are_known),
    Rule("02-003", "7.1", "the role map has no circles", roles.roles_end),
    Rule("02-004", "7.1", "standard types are not mapped", roles.standard_types_stay),
    Rule("06-001", "7.1", "there is XMP", document.has_metadata),
    Rule(IDENTIFIER, "5", "XMP says pdfuaid:part 1", document.has_identifier),
    Rule("06-003", "7.1", "XMP has a title", document.has_title),
    Rule("07-001", "7.1", "viewers are told about the title", document.shows_title),
    Rule("07-002", "7.1", "viewers show the title", document.title_is_shown),
    Rule("09-004", "7.5", "tables are built of rows and cells without holes", nesting.tables_are_built_of_rows),
    Rule("09-005", "7.6", "lists are built of items, these of label and body", nesting.lists_are_built_of_items),
    Rule("09-006", "7.2", "tables of contents are built of entries", nesting.contents_are_built_of_items),
    Rule("09-007", "7.2", "ruby is built of its parts", nesting.ruby_is_built_of_its_parts),
    Rule("09-008", "7.2", "warichu is built of its parts", nesting.warichu_is_built_of_its_parts),
    Rule("10-001", "7.21.7", "each character shown reads as something", fonts.characters_can_be_read),
    Rule("11-001", "7.2", "the language of all text is told", languages.content_has_language),
    Rule("11-002", "7.2", "the language of alternatives is told", languages.alternatives_have_language),
    Rule("11-003", "7.2", "the language of bookmarks is told", languages.bookmarks_have_language),
    Rule("11-004", "7.2", "the language of descriptions of links is told", languages.descriptions_have_language),
    Rule("11-005", "7.2", "the language of descriptions of fields is told", languages.fields_have_language),
    Rule("11-006", "7.2", "the language of the metadata is told", languages.metadata_have_language),
    Rule("13-004", "7.3", "figures have an alternative text", alternatives.figures_are_described),
    Rule("14-002", "7.4.2", "the first heading is H1", headings.first_is_top),
    Rule("14-003", "7.4.2", "no level of headings is skipped", headings.no_level_is_skipped),
    Rule("14-006", "7.4.4", "one heading without level in a tag", headings.one_unnumbered_each),
    Rule("14-007", "7.4.4", "all headings have levels, or none", headings.numbered_or_not),
    Rule("15-003", "7.5", "headers of tables have a scope or are named", alternatives.headers_tell_what_they_head),
    Rule("17-002", "7.7", "formulas have an alternative text", alternatives.formulas_are_described),
    Rule("19-003", "7.9", "notes have an ID", alternatives.notes_have_names),
    Rule("19-004", "7.9", "notes have different IDs", alternatives.notes_have_own_names),
    Rule("20-001", "7.10", "further configurations of layers have names", document.layers_have_names),
    Rule("20-002", "7.10", "the configuration of layers has a name", document.default_layers_have_name),
    Rule("20-003", "7.10", "layers do not switch by themselves", document.layers_do_not_switch),
    Rule("21-001", "7.11", "files within the file have names", document.attachments_have_names),
    Rule("25-001", "7.15", "no form is laid out by the viewer", document.no_dynamic_form),
    Rule("26-001", "7.16", "an encrypted file tells permissions", document.permissions_are_told),
    Rule("26-002", "7.16", "they let screen readers in", document.readers_are_permitted),
    Rule("28-002", "7.18.1", "annotations stand in Annot tags", attached.annotations_have_tags),
    Rule("28-004", "7.18.1", "annotations have descriptions", attached.annotations_are_described),
    Rule("28-005", "7.18.1", "fields have descriptions", attached.fields_are_described),
    Rule(
        "28-006", "7.18.1", "unknown annotations are tagged and described", attached.unknown_annotations_are_described
    ),
    Rule("28-007", "7.18.2", "no TrapNet annotations", attached.no_trap_nets),
    Rule("28-008", "7.18.3", "pages with annotations have a tab order", attached.pages_have_tab_order),
    Rule("28-009", "7.18.3", "it is that of the tags", attached.tab_order_is_that_of_tags),
    Rule("28-010", "7.18.4", "fields stand in Form tags", attached.fields_have_tags),
    Rule("28-011", "7.18.5", "links stand in Link tags", attached.links_have_tags),
    Rule("28-012", "7.18.5", "links have descriptions", attached.links_are_described),
    Rule("28-014", "7.18.6.2", "media clips tell their type", attached.clips_have_types),
    Rule("28-015", "7.18.6.2", "media clips have alternative texts", attached.clips_are_described),
    Rule("28-016", "7.18.7", "attached files have names", attached.attached_files_have_names),
    Rule("28-017", "7.18.8", "printer's marks have no tags", attached.printer_marks_have_no_tags),
    Rule("28-018", "7.18.8", "printer's marks are artifacts", attached.printer_marks_are_artifacts),
    Rule("30-001", "7.20", "no content of other files", content.no_reference_forms),
    Rule("30-002", "7.20", "forms with tags are drawn once", content.numbered_forms_once),
    Rule("31-001", "7.21.3.1", "fonts and CMaps name the same registry", fonts.registries_agree),
    Rule("31-002", "7.21.3.1", "and the same ordering", fonts.orderings_agree),
    Rule("31-003", "7.21.3.1", "fonts have the CMap's supplement", fonts.supplements_agree),
    Rule("31-004", "7.21.3.2", "glyph maps are streams or Identity", fonts.glyph_maps_are_right),
    Rule("31-005", "7.21.3.2", "composite TrueType fonts have glyph maps", fonts.glyph_maps_are_told),
    Rule("31-006", "7.21.3.3", "CMaps are embedded or known", fonts.character_maps_are_embedded),
    Rule("31-007", "7.21.3.3", "CMaps tell one direction of writing", fonts.writing_modes_agree),
    Rule("31-008", "7.21.3.3", "CMaps refer to known ones only", fonts.character_maps_stand_alone),
    Rule("31-009", "7.21.4.1", "fonts are embedded", fonts.programs_are_embedded),
    Rule("31-011", "7.21.4.1", "fonts have the glyphs that are shown", fonts.glyphs_are_there),
    Rule("31-016", "7.21.5", "widths are those of the font", fonts.widths_agree),
    Rule("31-017", "7.21.6", "Latin TrueType fonts have character maps", fonts.latin_fonts_have_maps),
    Rule("31-019", "7.21.6", "and encodings", fonts.latin_fonts_have_encodings),
    Rule("31-020", "7.21.6", "which say what they are made of", fonts.latin_encodings_have_bases),
    Rule("31-021", "7.21.6", "which is MacRoman or WinAnsi", fonts.latin_encodings_are_known),
    Rule("31-023", "7.21.6", "changed encodings can be looked up", fonts.changed_encodings_can_be_looked_up),
    Rule("31-024", "7.21.6", "symbolic TrueType fonts have no encodings", fonts.symbols_have_no_encodings),
    Rule("31-025", "7.21.6", "but character maps", fonts.symbols_have_maps),
    Rule("31-026", "7.21.6", "one, or one for symbols", fonts.symbol_maps_are_told_apart),
    Rule("31-027", "7.21.7", "fonts tell what characters read as", fonts.fonts_can_be_read),
    Rule("31-028", "7.21.7", "none reads as U+0000", fonts.no_zero_readings),
    Rule("31-029", "7.21.7", "none as U+FEFF or U+FFFE", fonts.no_mark_readings),
    Rule("31-030", "7.21.8", "no glyph is missing", fonts.no_missing_glyphs),
)
"""In the order of the protocol."""
