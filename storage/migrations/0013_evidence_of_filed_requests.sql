-- Evidence that was linked to an SS while its number was provisional stays with it under the number of the SMGI.
UPDATE received_files
SET linked_to = (SELECT 'ss:' || r.id FROM service_requests r
                 WHERE 'ss:' || r.provisional_id = received_files.linked_to)
WHERE linked_to IN (SELECT 'ss:' || r.provisional_id FROM service_requests r WHERE r.provisional_id IS NOT NULL);
